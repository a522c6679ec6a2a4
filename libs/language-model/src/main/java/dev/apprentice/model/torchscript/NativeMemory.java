package dev.apprentice.model.torchscript;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Has memory for tensors reused and come in large pages. With the C library's defaults every training step gives hundreds
 * of megabytes back to the operating system and has them mapped and zeroed anew, page by page of 4 KiB: a tenth of the
 * processor's time in float32.
 */
final class NativeMemory {

    /** What PyTorch reads once, at its first allocation: ask for large pages for blocks of at least 2 MiB. */
    private static final String LARGE_PAGES = "THP_MEM_ALLOC_ENABLE";

    // glibc's malloc.h
    private static final int TRIM_THRESHOLD = -1;
    private static final int TOP_PAD = -2;
    private static final int MMAP_THRESHOLD = -3;

    /** Blocks from this size are mapped one by one and given back when they are freed; glibc takes no more. */
    private static final int MAPPED_FROM = 32 << 20;
    /** Free memory at a heap's end that is kept. */
    private static final int KEPT = 1 << 30;

    private NativeMemory() {}

    private interface CLibrary extends Library {

        int setenv(String name, String value, int overwrite);

        int mallopt(int parameter, int value);
    }

    /** To be called before PyTorch is loaded. Does nothing where there is no glibc; speed is all that depends on it. */
    static void tune() {
        if (!Platform.isLinux()) {
            return;
        }
        CLibrary library = Native.load("c", CLibrary.class);
        library.setenv(LARGE_PAGES, "1", 0);
        library.mallopt(MMAP_THRESHOLD, MAPPED_FROM);
        library.mallopt(TRIM_THRESHOLD, KEPT);
        library.mallopt(TOP_PAD, 2 * MAPPED_FROM);
    }
}
