package dev.apprentice.lab.chaos;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Figures;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.log.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All results of a run, without times. Each figure is a set: if work was repeated after a kill, both results are in it. In an
 * undisturbed run every set has one element.
 *
 * @param tensors weights of every checkpoint and the last one's optimizer state: digest by file
 * @param losses of each step and each evaluation
 * @param responses what each checkpoint answered to each question
 * @param scores the metrics of each answer
 * @param reports how many questions of each checkpoint's exam are graded, and the metrics
 */
record RunTrace(
        Map<String, SortedSet<String>> tensors,
        Map<String, SortedSet<String>> losses,
        Map<String, SortedSet<String>> responses,
        Map<String, SortedSet<String>> scores,
        Map<String, SortedSet<String>> reports) {

    /** Collects the results of a run. @param runFolder the trainer's folder of the run */
    static RunTrace of(String run, Path runFolder, TopicReader log) throws IOException {
        Map<String, SortedSet<String>> losses = new TreeMap<>();
        log.events(Topics.PROGRESS).stream()
                .filter(progress -> progress.run().equals(run))
                .filter(progress -> progress.phase() == Phase.TRAINING || progress.phase() == Phase.EVALUATING)
                .forEach(progress -> add(losses, progress.phase() + " " + progress.step(), figures(progress)));
        Map<String, SortedSet<String>> responses = new TreeMap<>();
        log.events(Topics.RESPONSES).stream()
                .filter(response -> response.run().equals(run))
                .forEach(response -> add(responses, response.step() + "/" + response.example(), answer(response)));
        Map<String, SortedSet<String>> scores = new TreeMap<>();
        log.events(Topics.SCORES).stream()
                .filter(score -> score.run().equals(run))
                .forEach(score -> add(scores, score.step() + "/" + score.example(), worth(score)));
        Map<String, SortedSet<String>> reports = new TreeMap<>();
        log.events(Topics.REPORTS).stream()
                .filter(report -> report.run().equals(run) && report.complete())
                .forEach(report -> add(reports, Integer.toString(report.step()), report.graded() + " " + report.metrics()));
        return new RunTrace(tensors(runFolder.resolve("checkpoints")), losses, responses, scores, reports);
    }

    private static void add(Map<String, SortedSet<String>> to, String key, String figure) {
        to.computeIfAbsent(key, any -> new TreeSet<>()).add(figure);
    }

    private static String figures(Progress progress) {
        Figures figures = progress.figures();
        return figures.trainLoss() + " " + figures.validationLoss() + " " + figures.learningRate() + " " + figures.gradientNorm() + " "
                + progress.tokensSeen();
    }

    private static String answer(Response response) {
        return response.finishReason() + " " + response.promptTokens() + " " + response.generatedTokens() + " "
                + response.response();
    }

    private static String worth(Score score) {
        return new TreeMap<>(score.metrics()).toString();
    }

    private static Map<String, SortedSet<String>> tensors(Path checkpoints) throws IOException {
        Map<String, SortedSet<String>> tensors = new TreeMap<>();
        try (Stream<Path> files = Files.walk(checkpoints)) {
            for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".safetensors"))::iterator) {
                add(tensors, checkpoints.relativize(file).toString(), Sha256.of(file));
            }
        }
        return tensors;
    }
}
