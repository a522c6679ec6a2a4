package dev.apprentice.model;

/** What matrices are multiplied in. Norms, the loss and sums over a layer's output are float32 in any case. */
public enum Precision {
    /** Exact, and the same bytes each time. */
    FLOAT32,
    /** Half the memory to read and faster units to compute with, at 8 bits of precision. */
    BFLOAT16
}
