package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.judge.metrics.ExamFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The notes that a reader of a report must know. */
final class Notes {

    static final String NO_JUDGE =
            "No judge model is configured; the figures are reference metrics, not a judge's scores.";

    /** The most reasons that a note lists; the reasons of one exam are mostly alike. */
    private static final int MOST_REASONS = 3;

    private Notes() {}

    static Optional<String> of(List<Score> exam, SortedMap<String, List<Verdict>> judges) {
        SortedMap<String, Long> awaited = exam.stream()
                .flatMap(score -> score.awaited().stream())
                .collect(Collectors.groupingBy(judge -> judge, TreeMap::new, Collectors.counting()));
        List<String> notes = new ArrayList<>();
        unanswered(exam).ifPresent(notes::add);
        categories(exam).ifPresent(notes::add);
        if (judges.isEmpty() && awaited.isEmpty()) {
            notes.add(NO_JUDGE);
            return Optional.of(String.join(" ", notes));
        }
        long unjudged = exam.stream()
                .filter(score -> score.verdicts().isEmpty() && score.whole() && score.unanswered().isEmpty())
                .count();
        if (unjudged > 0) {
            notes.add(unjudged + " of " + exam.size() + " responses were graded while no judge model was"
                    + " configured; they count in the reference metrics, not in a judge's mean.");
        }
        awaited.forEach((judge, count) -> notes.add(count + " of " + exam.size() + " responses wait for judge '" + judge
                + "'; its mean covers those that it has graded."));
        judges.forEach((judge, verdicts) -> {
            long cut = verdicts.stream().filter(verdict -> verdict.promptCut().orElse(false)).count();
            if (cut > 0) {
                notes.add(cut + " of " + verdicts.size() + " questions to judge '" + judge + "' were longer than its"
                        + " context and silently truncated by its server; their answers are not counted. Increase"
                        + " the context of its server (for Ollama: apprentice.judge.ollama.num-ctx).");
            }
            long refused = JudgeSummaries.refusals(verdicts).count();
            JudgeSummaries.refusals(verdicts).findFirst().ifPresent(reason -> notes.add(refused + " of " + verdicts.size()
                    + " questions to judge '" + judge + "' were refused and count as unreadable: " + reason));
            long versions = verdicts.stream().flatMap(verdict -> verdict.rubricVersion().stream()).distinct().count();
            if (versions > 1) {
                notes.add("Judge '" + judge + "' used " + versions
                        + " versions of its rubric; its mean mixes them.");
            }
        });
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
    }

    private static Optional<String> categories(List<Score> exam) {
        int count = ExamFigure.categories(exam).size();
        return count <= ExamFigure.MOST_CATEGORIES
                ? Optional.empty()
                : Optional.of("The examples are of " + count + " categories; figures by category are given for at most "
                        + ExamFigure.MOST_CATEGORIES + " categories, so there are none.");
    }

    private static Optional<String> unanswered(List<Score> exam) {
        List<String> reasons = exam.stream().flatMap(score -> score.unanswered().stream()).toList();
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(reasons.size() + " of " + exam.size() + " questions have no answer and count in no figure: "
                        + String.join("; ", reasons.stream().distinct().limit(MOST_REASONS).toList())
                        + ". They are in the dead letters; once the cause is fixed, send them again with `apprentice dead-letters replay`.");
    }
}
