package dev.apprentice.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {

    @Test
    void startsThePackageWithThisJavaAndALimitedHeapThatIsSmallAtFirst() {
        List<String> command = JavaCommand.of(Member.BROKER, Path.of("broker.jar"));

        assertThat(command)
                .contains(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms32m", "-Xmx512m")
                .endsWith("-jar", "broker.jar");
    }

    @Test
    void silencesTheWarningsOfNewerJavas() {
        assertThat(JavaCommand.quietOn(17)).isEmpty();
        assertThat(JavaCommand.quietOn(25))
                .containsExactly("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }
}
