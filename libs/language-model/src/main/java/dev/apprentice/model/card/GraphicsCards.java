package dev.apprentice.model.card;

import ai.djl.util.Utils;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The graphics cards of this machine, in the driver's order, which {@code CUDA_VISIBLE_DEVICES} does not change. */
public final class GraphicsCards {

    /** CUDA's environment variable for the order in which it numbers the cards. */
    public static final String ORDER = "CUDA_DEVICE_ORDER";
    public static final String DRIVERS_ORDER = "PCI_BUS_ID";

    private static final int LONGEST_TEXT = 96;
    private static final double PERCENT = 100;
    private static final double MEBIBYTE = 1 << 20;

    private final Nvml nvml;

    GraphicsCards(Nvml nvml) {
        this.nvml = nvml;
    }

    /** Returns the cards; empty if NVIDIA's driver is not installed, not visible in this container, or does not answer. */
    public static Optional<GraphicsCards> find() {
        try {
            Nvml nvml = Native.load(Nvml.LIBRARY, Nvml.class);
            return nvml.nvmlInit_v2() == 0 ? Optional.of(new GraphicsCards(nvml)) : Optional.empty();
        } catch (UnsatisfiedLinkError e) { // says only that the library is missing
            return Optional.empty();
        }
    }

    /**
     * Returns the driver's index of a card from CUDA's.
     *
     * @param index CUDA's, from 0
     * @return empty if {@code CUDA_VISIBLE_DEVICES} does not use numbers or shows too few cards, or {@code CUDA_DEVICE_ORDER} is
     *     not the driver's order
     */
    public static Optional<Integer> driversIndex(int index, Map<String, String> environment) {
        if (!environment.getOrDefault(ORDER, DRIVERS_ORDER).equals(DRIVERS_ORDER)) {
            return Optional.empty();
        }
        Optional<List<String>> visible = VisibleCards.in(environment);
        return visible.isEmpty()
                ? Optional.of(index)
                : visible.get().stream().skip(index).findFirst().filter(card -> card.matches("\\d{1,4}")).map(Integer::valueOf);
    }

    /** Returns the driver's version, such as {@code 580.159.04}. */
    public String driver() {
        byte[] text = new byte[LONGEST_TEXT];
        return nvml.nvmlSystemGetDriverVersion(text, text.length) == 0 ? Native.toString(text) : "(unknown version)";
    }

    /** Returns the newest CUDA version that the driver supports, such as {@code 13.0}. */
    public String cuda() {
        return cuda(cudaVersion());
    }

    /** @param version as CUDA writes it: 1000 times the major plus 10 times the minor version */
    static String cuda(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }

    private int cudaVersion() {
        IntByReference version = new IntByReference();
        nvml.nvmlSystemGetCudaDriverVersion_v2(version);
        return version.getValue();
    }

    public int count() {
        IntByReference count = new IntByReference();
        nvml.nvmlDeviceGetCount_v2(count);
        return count.getValue();
    }

    /** @param index from 0 */
    public String name(int index) {
        byte[] text = new byte[LONGEST_TEXT];
        return nvml.nvmlDeviceGetName(card(index), text, text.length) == 0 ? Native.toString(text) : "(unnamed card)";
    }

    /** Returns the memory in bytes; NaN if the driver does not report it. */
    public double memory(int index) {
        return memory(index, 0);
    }

    /** Returns the bytes that all processes together use; NaN if the driver does not report it. */
    public double memoryUsed(int index) {
        return memory(index, 2);
    }

    private double memory(int index, int figure) {
        long[] bytes = new long[3];
        return nvml.nvmlDeviceGetMemoryInfo(card(index), bytes) == 0 ? bytes[figure] : Double.NaN;
    }

    /** Returns the share of the last moments in which the card computed, 0 to 1; NaN if the driver does not report it. */
    public double busy(int index) {
        int[] percent = new int[2];
        return nvml.nvmlDeviceGetUtilizationRates(card(index), percent) == 0 ? percent[0] / PERCENT : Double.NaN;
    }

    private Pointer card(int index) {
        PointerByReference card = new PointerByReference();
        nvml.nvmlDeviceGetHandleByIndex_v2(index, card);
        return card.getValue();
    }

    /** Returns a description such as {@code NVIDIA H200 with 143,771 MiB, driver 580.159.04 for CUDA up to 13.0}. */
    public String description() {
        return IntStream.range(0, count())
                        .mapToObj(index -> String.format(Locale.ROOT, "%s with %,.0f MiB", name(index), memory(index) / MEBIBYTE))
                        .collect(Collectors.joining(", "))
                + ", driver " + driver() + " for CUDA up to " + cuda();
    }

    /**
     * Describes the graphics cards and libraries found, for the log.
     *
     * @param cards empty if the driver's library is not visible, as in a container with only the compute capability
     * @param usable the number of cards that PyTorch can use
     * @param pyTorch PyTorch's version
     * @param flavor see {@link #flavor()}
     * @param runtime the version of the CUDA runtime that libtorch has loaded, see {@link CudaRuntime}
     */
    public static String found(Optional<GraphicsCards> cards, int usable, String pyTorch, String flavor, Optional<String> runtime) {
        return "graphics cards: "
                + cards.map(GraphicsCards::description)
                        .orElseGet(() -> usable + " without names and metrics, because NVIDIA's " + Nvml.LIBRARY
                                + " is not visible here (in a container, NVIDIA_DRIVER_CAPABILITIES needs utility)")
                + "; libtorch " + pyTorch + runtime.map(version -> " on CUDA " + version).orElse("")
                + ", called by DJL's JNI library for " + flavor;
    }

    /**
     * Returns what DJL's JNI library for PyTorch is made for, from {@code PYTORCH_FLAVOR}: {@code cpu}, or a CUDA version such as
     * {@code cu128}. The libtorch that it calls may be made with another minor version of CUDA.
     */
    public static String flavor() {
        String flavor = Utils.getEnvOrSystemProperty("PYTORCH_FLAVOR");
        return flavor == null ? "cpu" : flavor;
    }

    /**
     * Returns why PyTorch may see no card, and the way out.
     *
     * @param found empty if the driver is not there
     * @param flavor see {@link #flavor()}
     */
    public static String whyNone(Optional<GraphicsCards> found, String flavor) {
        if (found.isEmpty()) {
            return "NVIDIA's driver (" + Nvml.LIBRARY + ") was not found; install it, or give the container the card"
                    + " (--gpus all; in Kubernetes the limit nvidia.com/gpu)";
        }
        GraphicsCards cards = found.get();
        if (cards.count() == 0) {
            return "NVIDIA's driver " + cards.driver() + " sees none; look at nvidia-smi, or give the container the card";
        }
        if (!flavor.matches("cu\\d{3}")) {
            return "there is " + cards.description() + ", but this PyTorch is made for processors only; build with -Pcuda, or set"
                    + " PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR to one for CUDA (docs/gpu.md)";
        }
        int needed = Integer.parseInt(flavor.substring(2, 4));
        if (cards.cudaVersion() / 1000 < needed) {
            return "the driver " + cards.driver() + " is too old: it goes up to CUDA " + cards.cuda() + ", and this PyTorch is made for"
                    + " CUDA " + needed + "; install a newer driver, or a PyTorch for an older CUDA";
        }
        return "there is " + cards.description() + ", but PyTorch cannot use it; see whether CUDA_VISIBLE_DEVICES hides it, and"
                + " whether LD_LIBRARY_PATH has the CUDA libraries that this PyTorch was made with";
    }
}
