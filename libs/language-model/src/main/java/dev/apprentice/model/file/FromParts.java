package dev.apprentice.model.file;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Fills pieces of any size, one after another, with parts of other sizes. */
public final class FromParts implements Consumer<ByteBuffer> {

    private final Iterator<ByteBuffer> parts;
    private final UnaryOperator<ByteBuffer> conversion;
    private ByteBuffer rest = ByteBuffer.allocate(0);

    /** @param parts each is used up before the next is requested */
    public FromParts(Iterable<ByteBuffer> parts) {
        this(parts, ByteBuffer::duplicate);
    }

    /** @param conversion converts each part when it is used */
    public FromParts(Iterable<ByteBuffer> parts, UnaryOperator<ByteBuffer> conversion) {
        this.parts = parts.iterator();
        this.conversion = conversion;
    }

    /**
     * Fills a buffer to its limit.
     *
     * @throws java.util.NoSuchElementException if the parts hold too little
     */
    @Override
    public void accept(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            if (!rest.hasRemaining()) {
                rest = conversion.apply(parts.next());
            }
            int count = Math.min(rest.remaining(), piece.remaining());
            piece.put(rest.slice(rest.position(), count));
            rest.position(rest.position() + count);
        }
    }
}
