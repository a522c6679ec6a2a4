package dev.apprentice.judge.judging;

import dev.apprentice.contracts.Response;
import dev.apprentice.judge.JudgeSettings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Every judge that has been asked for since the start, one seat for each model. */
@ApplicationScoped
public class Judges {

    private final JudgeSettings settings;
    private final JudgeFactory factory;
    private final JudgeMeters meters;
    private final Map<String, JudgeSeat> seats = new ConcurrentHashMap<>();

    Judges(JudgeSettings settings, JudgeFactory factory, JudgeMeters meters) {
        this.settings = settings;
        this.factory = factory;
        this.meters = meters;
    }

    /** Who grades a response: the judge that its run names, else the configured one, else nobody. */
    public Optional<JudgeSeat> of(Response response) {
        return response.judge()
                .filter(model -> !model.isBlank())
                .or(settings::model)
                .map(model -> seats.computeIfAbsent(model, this::seat));
    }

    /** What the judges that give no answer say about it, one sentence for each. */
    public List<String> troubles() {
        return seats.values().stream().flatMap(seat -> seat.trouble().stream()).sorted().toList();
    }

    private JudgeSeat seat(String model) {
        PatientJudge judge = new PatientJudge(factory.judge(model), settings, () -> meters.retried(model));
        return new JudgeSeat(judge, settings.parallel(), meters);
    }

    void stop(@Observes ShutdownEvent event) {
        seats.values().forEach(JudgeSeat::close);
    }
}
