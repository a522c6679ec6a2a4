package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.command.option.JsonOption;
import dev.apprentice.cli.command.option.StoredFolders;
import dev.apprentice.cli.doctor.Finding;
import dev.apprentice.cli.doctor.KafkaFindings;
import dev.apprentice.cli.doctor.MachineFindings;
import dev.apprentice.cli.doctor.ServiceFindings;
import dev.apprentice.cli.doctor.StorageFindings;
import dev.apprentice.local.system.LocalSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Checks for problems that could keep Apprentice from working. */
@Command(
        name = "doctor",
        description = "Checks Java, PyTorch, memory, disk, object store, Kafka, the services, judges and graphics card, and"
                + " suggests fixes; exits with 1 if a check found a problem, else with 0.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Mixin private JsonOption json;

    @Override
    public Integer call() {
        LocalSystem system = apprentice.system();
        List<Finding> findings = new ArrayList<>(MachineFindings.of(system.folder().home(), System.getenv()));
        findings.addAll(StorageFindings.of(System.getenv(), StoredFolders::trouble));
        apprentice.kafkaToExamine().ifPresent(broker -> findings.addAll(KafkaFindings.of(broker)));
        if (system.runs()) {
            findings.addAll(ServiceFindings.of(system));
        }
        if (json.isGiven()) {
            JsonOption.print(apprentice.screen(), findings);
        } else {
            findings.forEach(finding -> apprentice.screen().print(finding.toString()));
            if (!system.runs()) {
                apprentice.screen().print("Nothing runs in " + system.folder().home() + "; `apprentice up` starts it.");
            }
        }
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.PROBLEM) ? 1 : 0;
    }
}
