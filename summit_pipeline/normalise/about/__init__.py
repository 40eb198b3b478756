"""What a text tells about itself: title, place, agencies, date, language."""
