package dev.apprentice.model.gguf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the keys and values of a GGUF file. */
final class GgufMetadata {

    /** The fewest bytes of an entry: the length of its key, its type, and one byte of value. */
    static final int FEWEST_BYTES = Long.BYTES + Integer.BYTES + 1;

    private static final int MAX_KEY_BYTES = (1 << 16) - 1;
    private static final int MAX_TEXT_BYTES = 1 << 24;
    private static final int MAX_NESTING = 4;

    /** The most elements of all lists together. Each becomes an object, so a limit of bytes alone would not bound the memory. */
    private static final long MAX_ELEMENTS = 1 << 22;

    private final GgufCursor cursor;
    private long elements;

    GgufMetadata(GgufCursor cursor) {
        this.cursor = cursor;
    }

    Map<String, GgufValue> read(long count) {
        Map<String, GgufValue> values = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            long at = cursor.position();
            String key = cursor.text("the key of metadata " + i, MAX_KEY_BYTES);
            String what = "metadata '" + key + "'";
            GgufValue value = value(type(what), what, 0);
            if (values.put(key, value) != null) {
                throw cursor.damaged(at, what + " occurs twice");
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private GgufValueType type(String what) {
        long at = cursor.position();
        long id = cursor.uint32("the type of " + what);
        return GgufValueType.of(id).orElseThrow(() -> cursor.damaged(
                at, what + " is of type " + id + "; there are 0 to " + (GgufValueType.values().length - 1)));
    }

    private GgufValue value(GgufValueType type, String what, int nesting) {
        return switch (type) {
            case UINT8 -> new GgufValue.Whole(type, cursor.uint8(what));
            case INT8 -> new GgufValue.Whole(type, (byte) cursor.uint8(what));
            case UINT16 -> new GgufValue.Whole(type, cursor.uint16(what));
            case INT16 -> new GgufValue.Whole(type, (short) cursor.uint16(what));
            case UINT32 -> new GgufValue.Whole(type, cursor.uint32(what));
            case INT32 -> new GgufValue.Whole(type, (int) cursor.uint32(what));
            case UINT64, INT64 -> new GgufValue.Whole(type, cursor.uint64(what));
            case FLOAT32 -> new GgufValue.Real(type, Float.intBitsToFloat((int) cursor.uint32(what)));
            case FLOAT64 -> new GgufValue.Real(type, Double.longBitsToDouble(cursor.uint64(what)));
            case BOOL -> flag(what);
            case STRING -> new GgufValue.Text(cursor.text(what, MAX_TEXT_BYTES));
            case ARRAY -> array(what, nesting + 1);
        };
    }

    private GgufValue flag(String what) {
        long at = cursor.position();
        int value = cursor.uint8(what);
        if (value > 1) {
            throw cursor.damaged(at, what + " is " + value + "; a BOOL is 0 or 1");
        }
        return new GgufValue.Flag(value == 1);
    }

    private GgufValue array(String what, int nesting) {
        long at = cursor.position();
        if (nesting > MAX_NESTING) {
            throw cursor.damaged(at, what + " has lists within lists deeper than the " + MAX_NESTING + " levels that are allowed");
        }
        GgufValueType type = type("the elements of " + what);
        long length = cursor.uint64("the length of " + what);
        if (!cursor.canHold(length, type.fewestBytes())) {
            throw cursor.damaged(at, what + " lists " + Long.toUnsignedString(length) + " elements of type " + type
                    + ", more than fit into the rest of the file or into the largest header");
        }
        elements += length;
        if (elements > MAX_ELEMENTS) {
            throw cursor.damaged(at, what + " brings the metadata to " + elements + " list elements, and " + MAX_ELEMENTS
                    + " are allowed");
        }
        List<GgufValue> values = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            values.add(value(type, what, nesting));
        }
        return new GgufValue.Array(type, Collections.unmodifiableList(values));
    }
}
