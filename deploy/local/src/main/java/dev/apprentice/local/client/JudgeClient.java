package dev.apprentice.local.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;

/** judge-service: how each checkpoint did. */
public final class JudgeClient {

    private final ServiceClient service;

    public JudgeClient(Ports ports) {
        service = new ServiceClient(Member.JUDGE_SERVICE, ports.url(Member.JUDGE_SERVICE));
    }

    public RunReport report(String run) {
        return service.get(ServiceClient.path("reports", run), new TypeReference<>() {});
    }
}
