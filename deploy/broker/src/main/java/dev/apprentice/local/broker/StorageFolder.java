package dev.apprentice.local.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** Prepares the folder in which a broker keeps its topics, as {@code kafka-storage format} does. */
final class StorageFolder {

    private static final String FORMATTED = "meta.properties";

    private StorageFolder() {}

    /** Creates and formats the folder unless it is formatted; a formatted folder keeps its cluster id and data. */
    static void prepare(Path folder) throws IOException {
        if (folder.toString().contains(",")) {
            throw new IOException(
                    "Kafka cannot keep data in " + folder + ", because commas separate folders in its settings;"
                            + " choose a folder without commas.");
        }
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve(FORMATTED))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (Exception e) {
            throw new IOException("The folder " + folder + " could not be made ready for Kafka: " + e.getMessage(), e);
        }
    }
}
