package dev.apprentice.inference.responses;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.inference.InferenceSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The exams answered last, at most {@code apprentice.inference.responses-kept} responses in all. Where there are more, the
 * exam that was added to the longest time ago goes first, as a whole; one exam stays, of any size.
 */
@ApplicationScoped
public class AnsweredExams {

    private record Sitting(String run, int step) {}

    private final int responsesKept;

    /** In order of the last response, the oldest first. Guarded by this. */
    private final Map<Sitting, AnsweredExam> exams = new LinkedHashMap<>();

    private int responses;

    AnsweredExams(InferenceSettings settings) {
        this.responsesKept = settings.responsesKept();
    }

    synchronized void add(Response response) {
        Sitting sitting = new Sitting(response.run(), response.step());
        AnsweredExam exam = Optional.ofNullable(exams.remove(sitting)).orElseGet(AnsweredExam::new);
        exams.put(sitting, exam); // at the end: it is the youngest now
        if (exam.add(response)) {
            responses++;
        }
        Iterator<AnsweredExam> oldestFirst = exams.values().iterator();
        while (responses > responsesKept && exams.size() > 1) {
            responses -= oldestFirst.next().size();
            oldestFirst.remove();
        }
    }

    /** The answers of a run's checkpoint; empty if there are none. */
    public synchronized Optional<AnsweredEntries> at(String run, int step) {
        return Optional.ofNullable(exams.get(new Sitting(run, step))).map(AnsweredExam::entries);
    }

    /** The steps of a run that have answers, in order. */
    public synchronized List<Integer> stepsOf(String run) {
        return exams.keySet().stream()
                .filter(exam -> exam.run().equals(run))
                .map(Sitting::step)
                .sorted()
                .toList();
    }
}
