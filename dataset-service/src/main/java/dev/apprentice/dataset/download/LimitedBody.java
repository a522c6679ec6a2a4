package dev.apprentice.dataset.download;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A response's body that is given up with {@link TooLargeException} as soon as it is larger than allowed. */
final class LimitedBody<T> implements BodySubscriber<T> {

    private final BodySubscriber<T> body;
    private final long limit;
    private long count;
    private Flow.Subscription subscription;

    LimitedBody(BodySubscriber<T> body, long limit) {
        this.body = body;
        this.limit = limit;
    }

    @Override
    public CompletionStage<T> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription toBody) {
        subscription = toBody;
        body.onSubscribe(toBody);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (count > limit) {
            return; // was under way when the subscription was cancelled
        }
        count += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (count > limit) {
            body.onError(new TooLargeException(limit)); // before the client has its own word about the cancelled body
            subscription.cancel();
        } else {
            body.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
