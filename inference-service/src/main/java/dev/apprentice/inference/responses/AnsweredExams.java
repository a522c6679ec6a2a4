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
 * Cache of the exams answered last, with at most {@code apprentice.inference.responses-kept} responses in all. Beyond that, it
 * evicts the exam with the oldest last response, as a whole. One exam always stays, of any size.
 */
@ApplicationScoped
public class AnsweredExams {

    private record Sitting(String run, int step) {}

    private final int responsesKept;

    /** In the order of each exam's last response, oldest first. Guarded by this. */
    private final Map<Sitting, AnsweredExam> exams = new LinkedHashMap<>();

    private int responses;

    AnsweredExams(InferenceSettings settings) {
        this.responsesKept = settings.responsesKept();
    }

    synchronized void add(Response response) {
        Sitting sitting = new Sitting(response.run(), response.step());
        AnsweredExam exam = Optional.ofNullable(exams.remove(sitting)).orElseGet(AnsweredExam::new);
        exams.put(sitting, exam); // at the end, because it has the newest response
        if (exam.add(response)) {
            responses++;
        }
        Iterator<AnsweredExam> oldestFirst = exams.values().iterator();
        while (responses > responsesKept && exams.size() > 1) {
            responses -= oldestFirst.next().size();
            oldestFirst.remove();
        }
    }

    /** Returns the answers of a run's checkpoint; empty if there are none. */
    public synchronized Optional<AnsweredEntries> at(String run, int step) {
        return Optional.ofNullable(exams.get(new Sitting(run, step))).map(AnsweredExam::entries);
    }

    /** Returns the steps of a run that have answers, in ascending order. */
    public synchronized List<Integer> stepsOf(String run) {
        return exams.keySet().stream()
                .filter(exam -> exam.run().equals(run))
                .map(Sitting::step)
                .sorted()
                .toList();
    }
}
