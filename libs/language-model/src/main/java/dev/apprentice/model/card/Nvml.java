package dev.apprentice.model.card;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/** The part of nvml.h that is used here: NVIDIA's Management Library, which comes with the driver. 0 is success. */
interface Nvml extends Library {

    String LIBRARY = "libnvidia-ml.so.1";

    int nvmlInit_v2();

    int nvmlSystemGetDriverVersion(byte[] version, int length);

    /** @param version 1000 times the major plus 10 times the minor version */
    int nvmlSystemGetCudaDriverVersion_v2(IntByReference version);

    int nvmlDeviceGetCount_v2(IntByReference count);

    int nvmlDeviceGetHandleByIndex_v2(int index, PointerByReference card);

    int nvmlDeviceGetName(Pointer card, byte[] name, int length);

    /** @param bytes total, free, used */
    int nvmlDeviceGetMemoryInfo(Pointer card, long[] bytes);

    /** @param percent of the last moments in which the card computed, and in which its memory was read or written */
    int nvmlDeviceGetUtilizationRates(Pointer card, int[] percent);
}
