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

/** judge-service: how each checkpoint did. */
public final class JudgeClient {

    private final ServiceClient service;

    public JudgeClient(Ports ports) {
        service = new ServiceClient(Member.JUDGE_SERVICE, ports);
    }

    /**
     * Asks these judges once whether they can grade.
     *
     * @param names separated by commas
     * @return one finding for each
     */
    public List<JudgeFinding> check(String names) {
        return orNone(() ->
                service.post(ServiceClient.path("judges", "check"), Map.of("judge", names), new TypeReference<>() {}));
    }

    /** Every judge that is configured, was asked or is waited for. */
    public List<JudgeStatus> judges() {
        return orNone(() -> service.get(ServiceClient.path("judges"), new TypeReference<>() {}));
    }

    /** A judge-service of an earlier version does not list its judges. */
    private static <T> List<T> orNone(Supplier<List<T>> question) {
        return ServiceException.found(question).orElse(List.of());
    }

    /** Those of a run's judges that do not grade; of the configured ones where it names none. */
    public List<JudgeStatus> missing(RunSpecification run) {
        Optional<List<String>> named = run.judge().map(names -> Stream.of(names.split(",")).map(String::strip).toList());
        return judges().stream()
                .filter(judge -> !judge.grades() && named.map(names -> names.contains(judge.judge())).orElse(judge.configured().orElse(true)))
                .toList();
    }

    /** All runs that it knows, the one asked for last first. */
    public List<GradedRun> runs() {
        return service.get(ServiceClient.path("runs"), new TypeReference<>() {});
    }

    /** A run's reports with all that they say, one a checkpoint. */
    public JsonNode wholeReport(String run) {
        return service.get(ServiceClient.path("reports", run), new TypeReference<>() {});
    }

    public RunReport report(String run) {
        return service.get(ServiceClient.path("reports", run), new TypeReference<>() {});
    }

    /**
     * Has judges asked anew about every response of a run.
     *
     * @param judge who is asked, separated by commas; empty for the run's own judges
     * @throws ServiceException if a judge cannot be, or nothing of the run has been graded
     */
    public Regraded regrade(String run, Optional<String> judge) {
        Map<String, String> body = judge.map(names -> Map.of("judge", names)).orElse(Map.of());
        return ServiceException.orUnknown(
                () -> service.post(ServiceClient.path("runs", run, "regrade"), body, new TypeReference<>() {}),
                "There is no run '" + run + "' of which an answer has been graded; `apprentice runs` lists those there are.");
    }
}
