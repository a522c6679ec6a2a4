package dev.apprentice.judge.page.download;

import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.judge.metrics.ExamFigure;
import dev.apprentice.judge.responses.ScoredResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A checkpoint's answers as a table: a row for each example in the exam's order, and columns for each judge and metric. */
public final class ResponseTable {

    private static final List<String> TEXTS =
            List.of("index", "example", "instruction", "input", "reference", "response", "finish_reason", "category");

    private ResponseTable() {}

    public static Table of(List<ScoredResponse> exam) {
        List<String> judges = names(exam, score -> score.verdicts().stream().map(Verdict::judge));
        List<String> metrics = names(exam, score -> score.metrics().keySet().stream());
        List<String> header = new ArrayList<>(TEXTS);
        judges.forEach(judge -> {
            header.add(ExamFigure.JUDGE + judge);
            header.add(ExamFigure.JUDGE + judge + ":reason");
        });
        header.addAll(metrics);
        return new Table(header, exam.stream().map(scored -> row(scored, judges, metrics)).toList());
    }

    private static List<String> names(
            List<ScoredResponse> exam, Function<Score, Stream<String>> of) {
        return new ArrayList<>(exam.stream()
                .flatMap(scored -> scored.score().stream())
                .flatMap(of)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static List<Object> row(ScoredResponse scored, List<String> judges, List<String> metrics) {
        List<Object> row = new ArrayList<>(List.of(
                scored.response().index(),
                scored.response().example(),
                scored.response().instruction(),
                scored.response().input(),
                scored.response().output(),
                scored.response().response(),
                scored.response().finishReason(),
                scored.response().category().orElse("")));
        for (String judge : judges) {
            Optional<Verdict> verdict = scored.score().stream()
                    .flatMap(score -> score.verdicts().stream())
                    .filter(one -> one.judge().equals(judge))
                    .findFirst();
            row.add(verdict.flatMap(Verdict::score).map(Object.class::cast).orElse(""));
            row.add(verdict.flatMap(one -> one.reason().or(one::unreadable)).orElse(""));
        }
        for (String metric : metrics) {
            row.add(scored.figure(metric).map(Object.class::cast).orElse(""));
        }
        return row;
    }
}
