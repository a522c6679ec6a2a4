package dev.apprentice.model.ranks;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;

/** A process that trains by itself, as rank 0 of 1. */
final class Alone implements Ranks {

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void sum(NDArray flat) {}

    @Override
    public double[] sum(double... numbers) {
        return numbers;
    }

    @Override
    public byte[] broadcast(byte[] message, int from) {
        return message;
    }

    @Override
    public void abort() {
        throw new IllegalStateException("there are no other ranks to end");
    }

    @Override
    public String host() {
        return "this machine";
    }

    @Override
    public <T> T together(Supplier<T> part) {
        return part.get();
    }
}
