#!/usr/bin/env python3
"""What the check of cross-references says of good, wrong and unknown pairs."""
import crossrefs

PARTIES = [{"id": "adesto", "owned-by": [{"party": "dialog"}]},
           {"id": "dialog", "owned-by": [{"party": "renesas"}]},
           {"id": "micron"}]
PAIR = {"from": "A", "to": "B", "to-party": "renesas"}


def part(category, party="adesto", **parameters):
    return {"category": category, "parameters": parameters, "party": party,
            "candidates": [{"party": party}] if party else []}


def wrong(left, right):
    return crossrefs.check(PAIR, {"A": left, "B": right},
                           crossrefs.links(PARTIES))[0]


def test_agreement():
    assert wrong(part("memory/nor/spi", density_mbit=4),
                 part("memory/nor/spi", density_mbit=4)) == []
    assert wrong(part("memory/dram/ddr3"), part("memory/dram/ddr3/ddr3l")) == []
    assert wrong(part(None, None), part(None, None)) == []
    # Modules of one class are of one kind whatever their radio.
    assert wrong(part("wireless/cellular-module/lte"),
                 part("wireless/cellular-module/5g")) == []


def test_disagreement():
    assert wrong(part("memory/dram/ddr4"), part("memory/dram/ddr3")) == [
        "category memory/dram/ddr4, not memory/dram/ddr3"]
    assert wrong(part("memory/nor/spi", density_mbit=4, width=1),
                 part("memory/nor/spi", density_mbit=8, width=4)) == [
        "density_mbit 4, not 8", "width 1, not 4"]
    assert wrong(part("memory/nor/spi"), part("memory/nor/spi", "micron")) == [
        "a part of micron, not renesas"]


if __name__ == "__main__":
    test_agreement()
    test_disagreement()
