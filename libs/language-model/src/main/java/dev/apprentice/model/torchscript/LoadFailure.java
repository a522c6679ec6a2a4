package dev.apprentice.model.torchscript;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why PyTorch's native libraries cannot be loaded and the way out, in place of the message of the system's loader. */
final class LoadFailure {

    private static final String CANNOT = "PyTorch cannot be loaded: ";

    // glibc's loader messages
    private static final Pattern MISSING = Pattern.compile("(lib[\\w.+-]+): cannot open shared object file");
    private static final Pattern SYMBOL = Pattern.compile("(lib[\\w.+-]+): undefined symbol: ([\\w.@]+)");
    private static final Pattern VERSION = Pattern.compile("(lib[\\w.+-]+): version `([^']+)' not found");

    /** What the libraries whose names begin with a prefix belong to. */
    private static final Map<String, String> OWNERS = new TreeMap<>(Map.of(
            "libcudnn", "NVIDIA's cuDNN",
            "libcuda.so", "NVIDIA's driver",
            "libnccl", "NVIDIA's NCCL",
            "libcu", "NVIDIA's CUDA runtime",
            "libnv", "NVIDIA's CUDA runtime",
            "libopenblas", "OpenBLAS"));

    private LoadFailure() {}

    static String sentence(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = String.valueOf(cause.getMessage());
        Matcher missing = MISSING.matcher(words);
        if (missing.find()) {
            return CANNOT + missing.group(1) + owner(missing.group(1)) + " was not found; install the version in its name,"
                    + " or add its folder to LD_LIBRARY_PATH (docs/gpu.md)";
        }
        Matcher version = VERSION.matcher(words);
        if (version.find() && version.group(2).startsWith("GLIBC")) {
            return CANNOT + "it requires a newer Linux with " + version.group(2) + "; use one, or the container image";
        }
        Matcher symbol = SYMBOL.matcher(words);
        if (symbol.find()) {
            return CANNOT + symbol.group(1) + " needs " + symbol.group(2) + ", which the other libraries lack because their"
                    + " versions do not match. Compile libdjl_torch.so against the loaded libtorch, and use the versions of CUDA and cuDNN"
                    + " that this libtorch was built with (docs/gpu.md)";
        }
        return CANNOT + (cause.getMessage() == null ? cause.toString() : words);
    }

    /**
     * Returns the message for a libtorch of the wrong version.
     *
     * @param libtorch version of the libtorch that is loaded
     * @param glue version that DJL's own library was compiled for
     * @param folder the libtorch's folder
     */
    static String mismatch(String libtorch, String glue, String folder) {
        return CANNOT + "the libtorch in " + folder + " is " + libtorch + ", but DJL's libdjl_torch.so is compiled for " + glue
                + ", and cannot work with another version; use libtorch " + glue
                + ", or put a libdjl_torch.so that is compiled against yours into that folder (docs/gpu.md)";
    }

    private static String owner(String library) {
        return OWNERS.entrySet().stream()
                .filter(owner -> library.startsWith(owner.getKey()))
                .reduce((shorter, longer) -> longer) // the more exact prefix comes later
                .map(owner -> " (" + owner.getValue() + ")")
                .orElse("");
    }
}
