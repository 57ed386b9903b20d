"""The project's random stream and stationary bootstrap, written again from their definitions, so that reference values are
computed on the very draws that the program makes."""

import math

import numpy as np

MASK = 0xFFFFFFFF


def uniform(seed):
    """xoshiro128** seeded through splitmix32; the upper 53 bits of two draws."""

    def rotate_left(value, bits):
        return ((value << bits) | (value >> (32 - bits))) & MASK

    state = []
    mix = seed & MASK
    for _ in range(4):
        mix = (mix + 0x9E3779B9) & MASK
        z = mix
        z = ((z ^ (z >> 16)) * 0x85EBCA6B) & MASK
        z = ((z ^ (z >> 13)) * 0xC2B2AE35) & MASK
        state.append(z ^ (z >> 16))

    def draw():
        result = (rotate_left((state[1] * 5) & MASK, 7) * 9) & MASK
        t = (state[1] << 9) & MASK
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= t
        state[3] = rotate_left(state[3], 11)
        return result

    while True:
        yield ((draw() << 21) | (draw() >> 11)) / 2**53


def stationary_indices(draws, source, length, paths, mean_block):
    """Politis and Romano (1994): blocks of geometric length from anywhere, wrapped; one array a path."""
    out = np.zeros((paths, length), dtype=int)
    for path in out:
        at = 0
        while at < length:
            index = math.floor(next(draws) * source)
            block = 1
            if mean_block > 1:
                block += math.floor(math.log(1 - next(draws)) / math.log1p(-1 / mean_block))
            for _ in range(min(block, length - at)):
                path[at] = index
                index = (index + 1) % source
                at += 1
    return out
