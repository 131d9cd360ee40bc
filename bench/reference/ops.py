"""What a call of an operator on four numbers costs from Python, in microseconds."""
import argparse
import statistics
import time

import torch

CALLS = 100_000
WARM_UPS = 5


def add(a, b):
    for _ in range(CALLS):
        a + b


def relu(a, b):
    for _ in range(CALLS):
        a.relu()


def chain(a, b):
    for _ in range(CALLS):
        ((a + b) * b).relu()


def close(a, b):
    """1,000 tensors that die together; only their death counts."""
    held = [a + b for _ in range(1000)]
    start = time.perf_counter()
    del held
    return (time.perf_counter() - start) * 1e6


def call(body, a, b):
    start = time.perf_counter()
    body(a, b)
    return (time.perf_counter() - start) * 1e6 / CALLS


def median(repeats, measure):
    for _ in range(WARM_UPS):
        measure()
    return statistics.median(measure() for _ in range(repeats))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=31)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    a, b = torch.tensor([1.0, -2.0, 3.0, -4.0]), torch.tensor([4.0, 3.0, 2.0, 1.0])
    for body in (add, relu, chain):
        print(f"op={body.__name__} us={median(arguments.repeats, lambda: call(body, a, b)):.3f}")
    print(f"op=close us={median(arguments.repeats * 10, lambda: close(a, b)):.3f}")


if __name__ == "__main__":
    main()
