package dev.apprentice.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.client.answer.GradedRun;
import dev.apprentice.cli.client.answer.JudgeFinding;
import dev.apprentice.cli.client.answer.JudgeStatus;
import dev.apprentice.cli.client.answer.Regraded;
import dev.apprentice.cli.client.answer.RunReport;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Client of judge-service, which scores every checkpoint. */
public final class JudgeClient {

    private final ServiceClient service;

    public JudgeClient(Ports ports) {
        service = new ServiceClient(Member.JUDGE_SERVICE, ports);
    }

    /**
     * Asks these judges once whether they can grade.
     *
     * @param names judges, separated by commas
     * @return one finding for each judge
     */
    public List<JudgeFinding> check(String names) {
        return orNone(() ->
                service.post(ServiceClient.path("judges", "check"), Map.of("judge", names), new TypeReference<>() {}));
    }

    /** Returns every judge that is configured, was asked, or has answers waiting for it. */
    public List<JudgeStatus> judges() {
        return orNone(() -> service.get(ServiceClient.path("judges"), new TypeReference<>() {}));
    }

    /** Returns an empty list if judge-service does not have the call, as in earlier versions. */
    private static <T> List<T> orNone(Supplier<List<T>> question) {
        return ServiceException.found(question).orElse(List.of());
    }

    /** Returns the run's judges that do not grade; if the run names no judge, those of the configured ones. */
    public List<JudgeStatus> missing(RunSpecification run) {
        Optional<List<String>> named = run.judge().map(names -> Stream.of(names.split(",")).map(String::strip).toList());
        return judges().stream()
                .filter(judge -> !judge.grades() && named.map(names -> names.contains(judge.judge())).orElse(judge.configured().orElse(true)))
                .toList();
    }

    /** Returns all runs that judge-service knows, the one requested last first. */
    public List<GradedRun> runs() {
        return service.get(ServiceClient.path("runs"), new TypeReference<>() {});
    }

    /** Returns a run's reports, one for each checkpoint, as complete JSON. */
    public JsonNode wholeReport(String run) {
        return service.get(ServiceClient.path("reports", run), new TypeReference<>() {});
    }

    public RunReport report(String run) {
        return service.get(ServiceClient.path("reports", run), new TypeReference<>() {});
    }

    /**
     * Asks judges again to score every response of a run.
     *
     * @param judge the judges to ask, separated by commas; empty for the run's own
     * @throws ServiceException if a judge cannot exist, or nothing of the run has been graded
     */
    public Regraded regrade(String run, Optional<String> judge) {
        Map<String, String> body = judge.map(names -> Map.of("judge", names)).orElse(Map.of());
        return ServiceException.orUnknown(
                () -> service.post(ServiceClient.path("runs", run, "regrade"), body, new TypeReference<>() {}),
                "No answer of a run '" + run + "' has been graded yet; `apprentice runs` lists the runs.");
    }
}
