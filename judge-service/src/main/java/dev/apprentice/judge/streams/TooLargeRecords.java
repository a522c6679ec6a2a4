package dev.apprentice.judge.streams;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jboss.logging.Logger;

/**
 * Skips a record that is larger than its topic accepts. If it counted as a failure, it would be retried for ever and block all
 * later records.
 */
public class TooLargeRecords implements ProductionExceptionHandler {

    private static final Logger LOG = Logger.getLogger(TooLargeRecords.class);

    private final ProductionExceptionHandler others = new DefaultProductionExceptionHandler();

    @Override
    public ProductionExceptionHandlerResponse handle(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            LOG.errorf("the result of record %d of %s-%d is skipped, since topic %s does not accept it: %s (apprentice.kafka.max-record-bytes)",
                    context.offset(), context.topic(), context.partition(), record.topic(), failure.getMessage());
            return ProductionExceptionHandlerResponse.CONTINUE;
        }
        return others.handle(context, record, failure);
    }

    @Override
    public void configure(Map<String, ?> configuration) {
        others.configure(configuration);
    }
}
