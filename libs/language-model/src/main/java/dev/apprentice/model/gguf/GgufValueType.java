package dev.apprentice.model.gguf;

import java.util.Optional;

/** The types of metadata; each type's ordinal is its id in a file. */
public enum GgufValueType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(8),
    ARRAY(12),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private final int fewestBytes;

    GgufValueType(int fewestBytes) {
        this.fewestBytes = fewestBytes;
    }

    /** Returns the bytes that a value takes; for texts and lists, those of an empty one. */
    int fewestBytes() {
        return fewestBytes;
    }

    int id() {
        return ordinal();
    }

    /** @param id unsigned */
    static Optional<GgufValueType> of(long id) {
        return id >= 0 && id < values().length ? Optional.of(values()[(int) id]) : Optional.empty();
    }
}
