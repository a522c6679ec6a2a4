package dev.apprentice.model.torchscript;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Makes the C library reuse memory for tensors, and use large pages. With its defaults, every training step returns hundreds of
 * megabytes to the operating system, which then maps and zeroes them again in pages of 4 KiB. That takes a tenth of the
 * processor's time in float32.
 */
public final class NativeMemory {

    /** The variable, read at PyTorch's first allocation, that requests large pages for blocks of at least 2 MiB. */
    private static final String LARGE_PAGES = "THP_MEM_ALLOC_ENABLE";

    // glibc's malloc.h
    private static final int TRIM_THRESHOLD = -1;
    private static final int TOP_PAD = -2;
    private static final int MMAP_THRESHOLD = -3;

    /** The size in bytes from which blocks are mapped one by one and returned when freed; the largest that glibc accepts. */
    private static final int MAPPED_FROM = 32 << 20;
    /** The free memory at the end of a heap to keep, in bytes. */
    private static final int KEPT = 1 << 30;

    private NativeMemory() {}

    private interface CLibrary extends Library {

        int setenv(String name, String value, int overwrite);

        int mallopt(int parameter, int value);

        int malloc_trim(long kept);
    }

    /**
     * Sets the options. Must be called before PyTorch is loaded. Does nothing on systems other than Linux, where only speed
     * suffers.
     */
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

    /**
     * Returns free memory to the operating system. Call it after a model was closed: otherwise the C library keeps as much free
     * memory as {@link #tune} sets for the next step, and free memory between blocks in use.
     */
    public static void giveBack() {
        if (Platform.isLinux()) {
            Native.load("c", CLibrary.class).malloc_trim(0);
        }
    }
}
