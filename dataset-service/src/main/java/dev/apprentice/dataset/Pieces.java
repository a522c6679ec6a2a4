package dev.apprentice.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects things and hands them on some at a time: a certain number, or fewer where they are long. */
public final class Pieces<T> {

    private final int most;
    private final long mostCharacters;
    private final OrderedWork.Sink<List<T>> sink;
    private List<T> waiting = new ArrayList<>();
    private long characters;

    /**
     * @param most things that a piece has
     * @param mostCharacters a piece that has so many is handed on
     */
    public Pieces(int most, long mostCharacters, OrderedWork.Sink<List<T>> sink) {
        this.most = most;
        this.mostCharacters = mostCharacters;
        this.sink = sink;
    }

    /** @param length of the thing, in characters */
    public void add(T thing, long length) throws IOException {
        waiting.add(thing);
        characters += length;
        if (waiting.size() == most || characters >= mostCharacters) {
            handOn();
        }
    }

    /** Hands on what is still waiting, though it may be nothing. */
    public void handOn() throws IOException {
        List<T> piece = waiting;
        waiting = new ArrayList<>();
        characters = 0;
        sink.take(piece);
    }
}
