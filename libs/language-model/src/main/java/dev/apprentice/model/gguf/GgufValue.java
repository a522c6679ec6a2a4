package dev.apprentice.model.gguf;

import java.util.List;

/** A value of a file's metadata. */
public sealed interface GgufValue {

    /** Returns the type by which the value is stored. */
    GgufValueType type();

    /**
     * @param type one of the eight integer types
     * @param value for UINT64, to be read as unsigned
     */
    record Whole(GgufValueType type, long value) implements GgufValue {}

    /** @param type FLOAT32 or FLOAT64 */
    record Real(GgufValueType type, double value) implements GgufValue {}

    record Flag(boolean value) implements GgufValue {

        @Override
        public GgufValueType type() {
            return GgufValueType.BOOL;
        }
    }

    record Text(String value) implements GgufValue {

        @Override
        public GgufValueType type() {
            return GgufValueType.STRING;
        }
    }

    /** @param elements the type of each value */
    record Array(GgufValueType elements, List<GgufValue> values) implements GgufValue {

        @Override
        public GgufValueType type() {
            return GgufValueType.ARRAY;
        }
    }

    static GgufValue uint32(long value) {
        return new Whole(GgufValueType.UINT32, value);
    }

    static GgufValue float32(double value) {
        return new Real(GgufValueType.FLOAT32, value);
    }

    static GgufValue texts(List<String> values) {
        return new Array(GgufValueType.STRING, values.stream().<GgufValue>map(Text::new).toList());
    }

    static GgufValue int32s(List<Integer> values) {
        return new Array(
                GgufValueType.INT32,
                values.stream().<GgufValue>map(value -> new Whole(GgufValueType.INT32, value)).toList());
    }
}
