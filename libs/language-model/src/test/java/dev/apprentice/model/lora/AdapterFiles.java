package dev.apprentice.model.lora;

import dev.apprentice.model.safetensors.SafetensorsFile;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A saved adapter as plain matrices, with elementary matrix algebra. */
record AdapterFiles(SafetensorsFile file) implements AutoCloseable {

    private static final String PREFIX = "base_model.model.";
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";

    static AdapterFiles open(Path folder) {
        return new AdapterFiles(SafetensorsFile.open(folder.resolve("adapter_model.safetensors")));
    }

    List<String> modules() {
        return file.entries().keySet().stream()
                .filter(name -> name.endsWith(A))
                .map(name -> name.substring(PREFIX.length(), name.length() - A.length()))
                .toList();
    }

    /** Returns A as [rank][inputs]. */
    double[][] a(String module) {
        return matrix(file, PREFIX + module + A);
    }

    /** Returns B as [outputs][rank]. */
    double[][] b(String module) {
        return matrix(file, PREFIX + module + B);
    }

    /** Returns the adapter's change of a weight, row by row; empty if there is none. */
    Optional<float[]> change(String weight, double scale, boolean inputByOutput) {
        String module = weight.replaceFirst("\\.weight$", "");
        if (!weight.endsWith(".weight") || !modules().contains(module)) {
            return Optional.empty();
        }
        double[][] product = product(b(module), a(module));
        double[][] laidOut = inputByOutput ? transposed(product) : product;
        float[] change = new float[laidOut.length * laidOut[0].length];
        for (int i = 0; i < change.length; i++) {
            change[i] = (float) (scale * laidOut[i / laidOut[0].length][i % laidOut[0].length]);
        }
        return Optional.of(change);
    }

    static float[] floats(SafetensorsFile file, String name) {
        FloatBuffer buffer = file.data(name).asFloatBuffer();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    static double[][] matrix(SafetensorsFile file, String name) {
        long[] shape = file.entries().get(name).shape();
        float[] floats = floats(file, name);
        double[][] matrix = new double[(int) shape[0]][(int) shape[1]];
        for (int i = 0; i < floats.length; i++) {
            matrix[i / (int) shape[1]][i % (int) shape[1]] = floats[i];
        }
        return matrix;
    }

    static void add(float[] to, float[] added) {
        for (int i = 0; i < to.length; i++) {
            to[i] += added[i];
        }
    }

    static float largest(float[] of) {
        float largest = 0;
        for (float element : of) {
            largest = Math.max(largest, Math.abs(element));
        }
        return largest;
    }

    static double[][] product(double[][] x, double[][] y) {
        double[][] product = new double[x.length][y[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y[0].length; j++) {
                for (int k = 0; k < y.length; k++) {
                    product[i][j] += x[i][k] * y[k][j];
                }
            }
        }
        return product;
    }

    static double[][] transposed(double[][] x) {
        double[][] transposed = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[0].length; j++) {
                transposed[j][i] = x[i][j];
            }
        }
        return transposed;
    }

    static double[][] difference(double[][] x, double[][] y) {
        double[][] difference = new double[x.length][x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[0].length; j++) {
                difference[i][j] = x[i][j] - y[i][j];
            }
        }
        return difference;
    }

    @Override
    public void close() {
        file.close();
    }
}
