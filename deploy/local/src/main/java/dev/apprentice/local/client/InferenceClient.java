package dev.apprentice.local.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** inference-service: answers to exams and to people. */
public final class InferenceClient {

    private static final String STEP = "X-Apprentice-Step";
    /** Such as {@code 12/110}. */
    private static final String COMPLETE = "X-Apprentice-Complete";

    private final ServiceClient service;

    public InferenceClient(Ports ports) {
        service = new ServiceClient(Member.INFERENCE_SERVICE, ports.url(Member.INFERENCE_SERVICE));
    }

    public Answer ask(Question question) {
        return service.post("/ask", question, new TypeReference<>() {});
    }

    /** The answers of a run's checkpoint, its newest where no step is named. */
    public Answered responses(String run, Optional<Integer> step) {
        String path = ServiceClient.path("runs", run, "responses") + step.map(number -> "?step=" + number).orElse("");
        HttpResponse<String> response = service.get(path);
        List<AnsweredExample> examples = service.parse(response.body(), new TypeReference<>() {});
        String complete = header(response, COMPLETE);
        int questions = Integer.parseInt(complete.substring(complete.indexOf('/') + 1));
        return new Answered(Integer.parseInt(header(response, STEP)), examples, questions);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers()
                .firstValue(name)
                .orElseThrow(() -> new IllegalStateException("inference-service sent no header " + name));
    }
}
