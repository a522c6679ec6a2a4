package dev.apprentice.local.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.util.List;

/** judge-service: how each checkpoint did. */
public final class JudgeClient {

    private final ServiceClient service;

    public JudgeClient(Ports ports) {
        service = new ServiceClient(Member.JUDGE_SERVICE, ports.url(Member.JUDGE_SERVICE));
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
}
