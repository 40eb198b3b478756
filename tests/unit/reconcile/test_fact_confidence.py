from summit_pipeline.reconcile.deciding.fact_confidence import fact_confidences


def test_more_origins_are_more_often_right() -> None:
    share = {(r.status, r.origins): r.share for r in fact_confidences()}
    assert list(share) == [("settled", 2), ("settled", 3), ("single_origin", 1)]
    assert 0.5 < share["single_origin", 1] < share["settled", 2] <= share["settled", 3] < 1
