package dev.apprentice.trainer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.trainer.TaughtRun;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class RunPublisherTest {

    private static final Run RUN = TaughtRun.from("/models/gpt2", "asked", Training.DEFAULTS);

    /** A timeout's exception has no message. */
    @Test
    void aBrokerThatDoesNotAnswerIsSaidSoWithTheWayOut() {
        assertThat(refusal(new TimeoutException())).isEqualTo(
                "Kafka did not take run '" + RUN.run() + "': it did not answer within 10 s; try again when `apprentice status` shows that"
                        + " Kafka is available");
    }

    @Test
    void whatTheBrokerSaysIsHandedOn() {
        assertThat(refusal(new IllegalStateException("Not authorized to access topics"))).contains(
                "': Not authorized to access topics; try again");
    }

    private static String refusal(RuntimeException failure) {
        RunPublisher publisher = new RunPublisher(failing(failure), failing(failure), null); // no registry: nothing is read back
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> publisher.publish(RUN));
        assertThat(problem.getStatusCode()).isEqualTo(503);
        return problem.getDetail();
    }

    /** Returns a channel that fails every send. */
    @SuppressWarnings("unchecked") // a proxy has no type parameters
    private static <T> MutinyEmitter<T> failing(RuntimeException failure) {
        return (MutinyEmitter<T>) Proxy.newProxyInstance(
                RunPublisherTest.class.getClassLoader(), new Class<?>[] {MutinyEmitter.class},
                (proxy, method, arguments) -> Uni.createFrom().failure(failure));
    }
}
