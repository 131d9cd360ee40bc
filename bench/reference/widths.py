"""Channels by resolution, in multiples of a base width: the tables of the papers and of the public code."""

# The generator's 4x4 map, then the output of each doubling block.
BIGGAN_UP = {32: [4, 4, 4, 4], 64: [16, 16, 8, 4, 2], 128: [16, 16, 8, 4, 2, 1]}
RESNET_UP = {32: [1, 1, 1, 1], 64: [16, 8, 4, 2, 1], 128: [16, 16, 8, 4, 2, 1]}

# The output of each of the discriminator's blocks, and how many of them, from the first on, halve the maps.
BIGGAN_DOWN = {32: ([4, 4, 4, 4], 2), 64: ([1, 2, 4, 8, 16], 4), 128: ([1, 2, 4, 8, 16, 16], 5)}
RESNET_DOWN = {32: ([1, 1, 1, 1], 2), 64: ([1, 2, 4, 8, 16], 4), 128: ([1, 2, 4, 8, 16, 16], 5)}

# Sagan's own network for 32x32, whose channels double as maps halve.
PYRAMID_UP = [8, 4, 2, 1]
PYRAMID_DOWN = [1, 2, 4, 8], 3


def is_pyramid(model):
    return model.get("size") == "pyramid"


def up(workload):
    """Channels of the 4x4 map and of each block's output."""
    model = workload["config"]["model"]
    table = BIGGAN_UP if model["kind"] == "biggan" else RESNET_UP
    multiples = PYRAMID_UP if is_pyramid(model) else table[workload["resolution"]]
    return [multiple * model["generatorWidth"] for multiple in multiples]


def down(workload):
    """Channels of each block's output, and how many blocks halve."""
    model = workload["config"]["model"]
    table = BIGGAN_DOWN if model["kind"] == "biggan" else RESNET_DOWN
    multiples, halvings = PYRAMID_DOWN if is_pyramid(model) else table[workload["resolution"]]
    return [multiple * model["discriminatorWidth"] for multiple in multiples], halvings
