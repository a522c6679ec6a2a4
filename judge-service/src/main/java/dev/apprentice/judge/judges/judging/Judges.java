package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.contracts.run.JudgeName.Server;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.judges.rubric.Rubric;
import dev.apprentice.judge.judges.rubric.Rubrics;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The judges. A run can name any judge, so the least recently used ones are evicted, which bounds the memory. */
@ApplicationScoped
public class Judges {

    /** The most judges that are kept, unless more than these have responses in their queue. */
    static final int KEPT = 200;

    private final JudgeSettings settings;
    private final ChatServers servers;
    private final Rubrics rubrics;
    private final ReferenceMetrics metrics;
    private final JudgeMetrics meters;
    private final JudgeSeats seats;
    /** The judges by name, in the order of their last use. Guarded by itself. */
    private final Map<String, Judge> judges = new LinkedHashMap<>(16, 0.75f, true);

    public Judges(
            JudgeSettings settings,
            ChatServers servers,
            Rubrics rubrics,
            ReferenceMetrics metrics,
            AnswerCache cache,
            JudgeMetrics meters) {
        this.settings = settings;
        this.servers = servers;
        this.rubrics = rubrics;
        this.metrics = metrics;
        this.meters = meters;
        this.seats = new JudgeSeats(settings, servers, cache, meters);
    }

    /**
     * Stops the start of the service if a configured judge or rubric is not valid. Contacts no server.
     *
     * @throws IllegalArgumentException naming the key and what is wrong
     */
    void check(@Observes StartupEvent event) {
        try {
            rubrics.of(settings.rubric());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("apprentice.judge.rubric: " + e.getMessage(), e);
        }
        settings.model().stream().flatMap(names -> JudgeName.listOf(names).stream()).forEach(name -> {
            if (judge(name) instanceof UnknownJudge unknown) {
                throw new IllegalArgumentException("apprentice.judge.model: " + unknown.reason());
            }
        });
    }

    /** Returns the judges of a response: those that its run names, else the configured ones, else none. */
    public List<Judge> of(Response response) {
        return response.judge().filter(names -> !names.isBlank()).map(this::named).orElseGet(this::configured);
    }

    /** Returns the judges of runs that name none; empty if no judge is configured. */
    public List<Judge> configured() {
        return settings.model().map(this::named).orElse(List.of());
    }

    /**
     * Returns the judges of these names, in this order. An invalid name also gets a judge, which refuses every response.
     *
     * @param names separated by commas; those beyond {@link JudgeName#MOST} are ignored
     */
    public List<Judge> named(String names) {
        return JudgeName.listOf(names).stream()
                .limit(JudgeName.MOST)
                .map(this::known)
                .toList();
    }

    private Judge known(JudgeName name) {
        synchronized (judges) {
            Judge judge = judges.computeIfAbsent(name.text(), text -> judge(name));
            if (judges.size() > KEPT) {
                forgetOneUnused(judge);
            }
            return judge;
        }
    }

    private void forgetOneUnused(Judge used) {
        Optional<Judge> unused = judges.values().stream().filter(judge -> judge != used && !judge.isBusy()).findFirst();
        unused.ifPresent(judge -> judges.remove(judge.name()));
    }

    /** Returns every judge that is configured or in memory, sorted by name. */
    public List<Judge> all() {
        settings.model().ifPresent(this::named);
        synchronized (judges) {
            return judges.values().stream().sorted(Comparator.comparing(Judge::name)).toList();
        }
    }

    /**
     * Returns a judge that compares two responses.
     *
     * @param name a judge; without a rubric it uses {@link Rubrics#PREFERENCE}
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public PairwiseJudge comparing(String name) {
        JudgeName read = JudgeName.of(name);
        read.problem().ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        if (read.server() == Server.METRIC) {
            throw new IllegalArgumentException("judge '" + name + "' is a metric; only a model compares two answers");
        }
        Rubric rubric = rubrics.of(read.rubric().orElse(Rubrics.PREFERENCE));
        if (!rubric.compares()) {
            throw new IllegalArgumentException("rubric '" + rubric.name()
                    + "' grades one answer; a comparison needs one whose answer is reason-and-preference");
        }
        return new PairwiseJudge(read.text(), () -> seats.of(read), rubric);
    }

    /** Returns what is wrong with a name, in one sentence; empty if it is valid. Contacts no server. */
    public Optional<String> problem(JudgeName name) {
        return judge(name) instanceof UnknownJudge unknown ? Optional.of(unknown.reason()) : Optional.empty();
    }

    private Judge judge(JudgeName name) {
        try {
            name.problem().ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            if (name.server() == Server.METRIC) {
                return new MetricJudge(name.text(), metrics.named(name.model()));
            }
            Rubric rubric = rubrics.of(name.rubric().orElse(settings.rubric()));
            if (rubric.compares()) {
                throw new IllegalArgumentException(
                        "rubric '" + rubric.name() + "' compares two answers; it cannot grade one");
            }
            return new ModelJudge(name, servers.of(name), seats, rubric, meters);
        } catch (IllegalArgumentException e) {
            String reason = name.problem().isPresent() ? "" : "judge '" + name.text() + "' cannot grade: ";
            return new UnknownJudge(name.text(), reason + e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        seats.close();
    }
}
