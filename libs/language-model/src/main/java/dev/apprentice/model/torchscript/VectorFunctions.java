package dev.apprentice.model.torchscript;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Makes Intel's MKL, in PyTorch's builds with it, choose its vector functions before several threads use them.
 *
 * <p>MKL detects the processor at the first call of one of its vector functions ({@code mkl_vml_serv_cpu_detect}). It stores the
 * result in two steps and without a lock: first its own number for the processor, then the number of the functions to use. The
 * threads of one operator make this call at the same time. A thread that reads between the two steps computes with functions for
 * another processor, whose results differ in the last place. This was seen in the first step of one process in about a hundred,
 * and never later.
 */
final class VectorFunctions {

    private VectorFunctions() {}

    /** Makes MKL detect the processor now, in this thread alone. Must be called before any other use of PyTorch. */
    static void choose(NDManager manager) {
        // too small to be split among threads
        manager.ones(new Shape(1, 1)).matMul(manager.ones(new Shape(1, 1))).exp().toFloatArray();
    }
}
