package dev.apprentice.dataset.persistence;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.service.kafka.KafkaClients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Producers that fail at a call as if the process had crashed there: an open transaction is left for the successor to settle. */
public final class DyingProducers extends EventProducers {

    /** Thrown at the place of the crash. */
    public static final class Death extends KafkaException {

        Death(String at) {
            super("died at " + at);
        }
    }

    private final int lastCall;
    private final boolean afterIt;
    private int calls;

    /**
     * @param lastCall counted from 1
     * @param afterIt whether the broker receives that call
     */
    public DyingProducers(KafkaClients clients, int lastCall, boolean afterIt) {
        super(clients);
        this.lastCall = lastCall;
        this.afterIt = afterIt;
    }

    @Override
    @SuppressWarnings("unchecked") // a proxy of the interface
    public <E extends Event> Producer<String, E> transactional(String run) {
        Producer<String, E> real = super.transactional(run);
        return (Producer<String, E>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        real.close(Duration.ZERO); // with a timeout it would abort the transaction, which a crashed process cannot
                        return null;
                    }
                    boolean isLast = ++calls >= lastCall;
                    if (isLast && !(afterIt && calls == lastCall)) {
                        throw new Death("call " + calls + ", before " + method.getName());
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (isLast) {
                            throw new Death("call " + calls + ", after " + method.getName());
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
