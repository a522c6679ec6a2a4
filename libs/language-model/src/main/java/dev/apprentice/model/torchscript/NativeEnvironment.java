package dev.apprentice.model.torchscript;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The process's environment as native libraries see it. Java has a copy from the process's start, which never changes. */
public final class NativeEnvironment {

    private NativeEnvironment() {}

    private interface CLibrary extends Library {

        int setenv(String name, String value, int overwrite);

        String getenv(String name);
    }

    public static void set(String name, String value) {
        library().setenv(name, value, 1);
    }

    static void setUnlessSet(String name, String value) {
        library().setenv(name, value, 0);
    }

    /** Returns the variable's value, or null if it is not set. */
    static String get(String name) {
        return library().getenv(name);
    }

    private static CLibrary library() {
        return Native.load("c", CLibrary.class);
    }
}
