package dev.apprentice.model.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TorchScript;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures the least time that a training step of GPT-2 124M in bfloat16 can take with PyTorch's operators on this machine. It
 * times each product that a step needs, in every form that PyTorch has for it, without the time to convert operands to that form.
 * It also times each other operator that a step cannot do without. Not a test: it prints figures.
 *
 * <pre>mvn test -pl libs/language-model -Dtest=LeastStepMeasurement -Dapprentice.measure=true</pre>
 *
 * {@code -Dapprentice.measure.inputs=452} sets the number of a step's tokens. {@code -Dapprentice.measure.tokens=288} sets how
 * many of them are computed, which is fewer because rows begin alike.
 */
@EnabledIfSystemProperty(named = "apprentice.measure", matches = "true")
class LeastStepMeasurement {

    private static final int INPUTS = Integer.getInteger("apprentice.measure.inputs", 452);
    private static final int TOKENS = Integer.getInteger("apprentice.measure.tokens", 288);
    private static final int ROUNDS = Integer.getInteger("apprentice.measure.rounds", 9);
    private static final int LAYERS = 12;
    private static final int WIDTH = 768;
    private static final int VOCABULARY = 50_257;
    private static final int SQUARE = 2_048;
    /** One forward and two backward, each with an addition and a multiplication. */
    private static final double OPERATIONS_OF_A_WEIGHT = 6;
    private static final long WEIGHTS = 124_439_808L;

    private NDManager manager;
    private TorchScript program;
    private double least;

    /** A form in which operands can be multiplied. */
    private record Form(String name, List<NDArray> left, List<NDArray> right) {}

    @Test
    void leastTimeOfAStep() throws IOException {
        try (InputStream source = getClass().getResourceAsStream("least-step.torchscript");
                NDManager all = PyTorch.newManager(Device.CPU);
                TorchScript compiled = new TorchScript(all, "LeastStep", new String(source.readAllBytes(), UTF_8))) {
            manager = all;
            program = compiled;
            System.out.printf("%d threads, %d of %d tokens computed%n", PyTorch.threads(), TOKENS, INPUTS);
            System.out.printf("%-34s %9s %9s  %s%n", "", "ms", "GFLOP/s", "median of " + ROUNDS + " rounds; form");
            double rate = squares();
            products("queries, keys and values", LAYERS, WIDTH, 3 * WIDTH);
            products("attention's projection", LAYERS, WIDTH, WIDTH);
            products("feed-forward, first", LAYERS, WIDTH, 4 * WIDTH);
            products("feed-forward, second", LAYERS, 4 * WIDTH, WIDTH);
            products("head", 1, WIDTH, VOCABULARY / 64 * 64);
            double ofProducts = least;
            others();
            System.out.printf("%-34s %9.1f%n", "products", ofProducts);
            System.out.printf("%-34s %9.1f%n", "all", least);
            rate = Math.max(rate, squares());
            double ceiling = rate / (OPERATIONS_OF_A_WEIGHT * WEIGHTS);
            double most = INPUTS / least * 1e3;
            System.out.printf("at most %.0f tokens/s, %.0f %% of the ceiling of %.0f%n", most, 100 * most / ceiling, ceiling);
        }
    }

    /** Returns the rate that counts as the machine's: that of large squares, measured like everything else. */
    private double squares() {
        try (NDManager here = manager.newSubManager()) {
            List<NDArray> x = operands(here, 1, SQUARE, SQUARE);
            List<NDArray> y = operands(here, 1, SQUARE, SQUARE);
            List<NDArray> into = operands(here, 1, SQUARE, SQUARE);
            double operations = 2.0 * SQUARE * SQUARE * SQUARE;
            double milliseconds = medians(Map.of("", () -> run("multiply", x, y, into))).get("");
            System.out.printf("%-34s %9.1f %9.0f%n", "squares of " + SQUARE, milliseconds, operations / milliseconds / 1e6);
            return operations / milliseconds * 1e3;
        }
    }

    /** Times the forward products, the backward products and the gradients of {@code count} matrices [in, out], one after another. */
    private void products(String name, int count, int in, int out) {
        try (NDManager here = manager.newSubManager()) {
            List<NDArray> x = operands(here, count, TOKENS, in);
            List<NDArray> y = operands(here, count, TOKENS, out);
            List<NDArray> w = operands(here, count, in, out);
            List<NDArray> wTurned = operands(here, count, out, in);
            double operations = 2.0 * TOKENS * in * out * count;
            fastest(here, name + ", forward", operations, forms(x, w, wTurned), packed(here, wTurned), x);
            fastest(here, name + ", back", operations, forms(y, wTurned, w), packed(here, w), y);
            List<NDArray> xTurned = operands(here, count, in, TOKENS);
            List<NDArray> yTurned = operands(here, count, out, TOKENS);
            List<Form> gradients = new ArrayList<>(forms(xTurned, y, yTurned));
            forms(turned(here, x), y, yTurned)
                    .forEach(form -> gradients.add(new Form(form.name() + ", as a view", form.left(), form.right())));
            fastest(here, name + ", gradient", operations, gradients, List.of(), x);
        }
    }

    /** Returns the four forms of a product a b. Both b and its transpose are in memory; a's transpose is a view. */
    private List<Form> forms(List<NDArray> a, List<NDArray> b, List<NDArray> bTurned) {
        NDManager here = a.get(0).getManager();
        return List.of(
                new Form("a b", a, b),
                new Form("a b, b turned", a, turned(here, bTurned)),
                new Form("b a", turned(here, b), turned(here, a)),
                new Form("b a, b turned", bTurned, turned(here, a)));
    }

    private void fastest(
            NDManager here, String name, double operations, List<Form> forms, List<NDArray> packed, List<NDArray> tokens) {
        Map<String, Runnable> ways = new LinkedHashMap<>();
        for (Form form : forms) {
            List<NDArray> into = List.copyOf(program.method("products").with(form.left()).with(form.right()).run(here));
            ways.put(form.name(), () -> run("multiply", form.left(), form.right(), into));
        }
        if (!packed.isEmpty()) {
            ways.put("laid out beforehand", () -> run("multiply_packed", tokens, packed));
        }
        Map<String, Double> milliseconds = medians(ways);
        Map.Entry<String, Double> best = Collections.min(milliseconds.entrySet(), Map.Entry.comparingByValue());
        least += best.getValue();
        StringBuilder others = new StringBuilder();
        milliseconds.forEach((form, time) -> others.append("; %s %.1f".formatted(form, time)));
        double rate = operations / best.getValue() / 1e6;
        System.out.printf("%-34s %9.1f %9.0f  %s%s%n", name, best.getValue(), rate, best.getKey(), others);
    }

    private void others() {
        Map<String, Integer> times = new LinkedHashMap<>();
        times.put("layer_norm", 2 * LAYERS + 1);
        times.put("activation", LAYERS);
        times.put("attention", LAYERS);
        times.put("cross_entropy", 1);
        times.put("adamw", 1);
        for (Map.Entry<String, Integer> part : times.entrySet()) {
            try (NDManager here = manager.newSubManager()) {
                NDList operands = program.method("operands_of_" + part.getKey())
                        .with(here.create((long) TOKENS))
                        .with(here.create(part.getKey().equals("adamw") ? WEIGHTS : VOCABULARY))
                        .run(here);
                double each = medians(Map.of("", () -> run(part.getKey(), operands))).get("");
                double milliseconds = each * part.getValue();
                least += milliseconds;
                System.out.printf("%-34s %9.1f%n", part.getKey() + ", " + part.getValue() + " times", milliseconds);
            }
        }
    }

    /** Returns the medians in milliseconds. The ways take turns, and the first round is not counted. */
    private static Map<String, Double> medians(Map<String, Runnable> ways) {
        Map<String, double[]> milliseconds = new LinkedHashMap<>();
        for (int round = -1; round < ROUNDS; round++) {
            for (Map.Entry<String, Runnable> way : ways.entrySet()) {
                long began = System.nanoTime();
                way.getValue().run();
                double taken = (System.nanoTime() - began) / 1e6;
                if (round >= 0) {
                    milliseconds.computeIfAbsent(way.getKey(), name -> new double[ROUNDS])[round] = taken;
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        milliseconds.forEach((name, times) -> medians.put(name, Arrays.stream(times).sorted().toArray()[ROUNDS / 2]));
        return medians;
    }

    @SafeVarargs
    private void run(String method, List<NDArray>... lists) {
        try (NDManager temporary = manager.newSubManager()) {
            TorchScript.Call call = program.method(method);
            Arrays.stream(lists).forEach(call::with);
            call.runWithGradients(temporary);
        }
    }

    private List<NDArray> operands(NDManager here, int count, int rows, int columns) {
        return IntStream.range(0, count)
                .mapToObj(i -> program.method("operand")
                        .with(here.create(new long[] {rows, columns}))
                        .run(here)
                        .get(0))
                .toList();
    }

    private List<NDArray> turned(NDManager here, List<NDArray> matrices) {
        return List.copyOf(program.method("turned").with(matrices).run(here));
    }

    /** Returns matrices [out, in], packed for the processor. */
    private List<NDArray> packed(NDManager here, List<NDArray> matrices) {
        return List.copyOf(program.method("packed").with(matrices).run(here));
    }
}
