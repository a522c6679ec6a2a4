package dev.apprentice.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects items and passes them on in pieces: a fixed number of items, or fewer if they are long. */
public final class Pieces<T> {

    private final int most;
    private final long mostCharacters;
    private final OrderedWork.Sink<List<T>> sink;
    private List<T> waiting = new ArrayList<>();
    private long characters;

    /**
     * @param most items in a piece
     * @param mostCharacters characters at which a piece is passed on
     */
    public Pieces(int most, long mostCharacters, OrderedWork.Sink<List<T>> sink) {
        this.most = most;
        this.mostCharacters = mostCharacters;
        this.sink = sink;
    }

    /** @param length of the item, in characters */
    public void add(T thing, long length) throws IOException {
        waiting.add(thing);
        characters += length;
        if (waiting.size() == most || characters >= mostCharacters) {
            handOn();
        }
    }

    /** Passes on the items that are waiting, even if there are none. */
    public void handOn() throws IOException {
        List<T> piece = waiting;
        waiting = new ArrayList<>();
        characters = 0;
        sink.take(piece);
    }
}
