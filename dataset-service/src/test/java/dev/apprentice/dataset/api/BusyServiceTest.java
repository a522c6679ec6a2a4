package dev.apprentice.dataset.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.dataset.ServiceTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks what still answers while all worker threads are busy. */
@QuarkusTest
class BusyServiceTest extends ServiceTest {

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.thread-pool.max-threads", defaultValue = "200")
    int mostThreads;

    @TestHTTPResource("/q/health")
    URI health;

    @TestHTTPResource("/datasets")
    URI datasets;

    @Test
    @Timeout(60)
    void healthAnswersWhileNoThreadForRequestsIsFree() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        for (int i = 0; i < 2 * mostThreads; i++) {
            vertx.executeBlocking(() -> {
                busy.countDown();
                released.await();
                return null;
            }, false);
        }
        try {
            busy.await();
            CompletableFuture<HttpResponse<String>> waiting = HttpClient.newHttpClient()
                    .sendAsync(HttpRequest.newBuilder(datasets).build(), BodyHandlers.ofString());
            for (String probe : new String[] {"/live", "/ready"}) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(health + probe)).build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
            assertThat(waiting).as("a request that needs such a thread").isNotDone();
            released.countDown();
            assertThat(waiting.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        } finally {
            released.countDown();
        }
    }
}
