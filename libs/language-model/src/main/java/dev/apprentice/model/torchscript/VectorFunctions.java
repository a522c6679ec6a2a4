package dev.apprentice.model.torchscript;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Which of the processor's exponential functions, products and so on are computed with, in PyTorch's builds with Intel's MKL.
 *
 * <p>MKL looks at the processor when it is first asked for one of its vector functions ({@code mkl_vml_serv_cpu_detect}), and
 * writes down what it found in two steps and without a lock: first its own number for the processor, then the number of the
 * functions to use. An operator has its threads ask at the same time. A thread that reads between the two steps computes with
 * functions meant for another processor, whose results differ at the last place: seen in the first step of one process in
 * about a hundred, never later.
 */
final class VectorFunctions {

    private VectorFunctions() {}

    /** Has the processor looked at now, by this thread alone; to be called before any other use of PyTorch. */
    static void choose(NDManager manager) {
        // too small to be shared among threads
        manager.ones(new Shape(1, 1)).matMul(manager.ones(new Shape(1, 1))).exp().toFloatArray();
    }
}
