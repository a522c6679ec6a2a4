package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.LibUtils;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loader's messages are those seen with libtorch 2.7.1 for CUDA. */
class LoadFailureTest {

    @ParameterizedTest
    @CsvSource({
        "libcudnn.so.9, NVIDIA's cuDNN",
        "libcupti.so.12, NVIDIA's CUDA runtime",
        "libcublasLt.so.12, NVIDIA's CUDA runtime",
        "libcuda.so.1, NVIDIA's driver"
    })
    void namesALibraryThatIsMissingAndWhatItBelongsTo(String library, String owner) {
        assertThat(LoadFailure.sentence(failure("/opt/libtorch/libtorch_cuda.so: " + library
                        + ": cannot open shared object file: No such file or directory")))
                .isEqualTo("PyTorch cannot be loaded: " + library + " (" + owner + ") was not found; install the version in its name,"
                        + " or add its folder to LD_LIBRARY_PATH (docs/gpu.md)");
    }

    @Test
    void saysThatLibrariesAreOfDifferentVersions() {
        assertThat(LoadFailure.sentence(failure("/opt/libtorch/libdjl_torch.so: undefined symbol: _ZN3c104cuda9setDeviceEab")))
                .startsWith("PyTorch cannot be loaded: libdjl_torch.so needs _ZN3c104cuda9setDeviceEab, which the other libraries lack")
                .contains("Compile libdjl_torch.so against the loaded libtorch");
    }

    @Test
    void saysThatTheSystemIsTooOld() {
        assertThat(LoadFailure.sentence(failure("/lib/x86_64-linux-gnu/libm.so.6: version `GLIBC_2.35' not found (required by"
                        + " /opt/libtorch/libtorch_cpu.so)")))
                .isEqualTo("PyTorch cannot be loaded: it requires a newer Linux with GLIBC_2.35; use one, or the container image");
    }

    @Test
    void quotesWhatElseTheLoaderSays() {
        assertThat(LoadFailure.sentence(failure("libtorch.so: file too short"))).isEqualTo("PyTorch cannot be loaded: libtorch.so: file too short");
        assertThat(LoadFailure.sentence(new NoClassDefFoundError())).isEqualTo("PyTorch cannot be loaded: java.lang.NoClassDefFoundError");
    }

    @Test
    void aLibtorchOfAnotherVersionThanDjlsGlueIsRefused() {
        assertThat(LoadFailure.mismatch("2.11.0", "2.7.1", "/opt/libtorch"))
                .startsWith("PyTorch cannot be loaded: the libtorch in /opt/libtorch is 2.11.0, but DJL's libdjl_torch.so is compiled"
                        + " for 2.7.1");
        assertThat(LibtorchVersion.version(0x020b00_0000000000L)).isEqualTo("2.11.0");
    }

    @Test
    void theBundledOnesAreOfOneVersionByTheirOwnWords() {
        assertThat(PyTorch.version()).isEqualTo(LibtorchVersion.ofGlue());
        assertThat(LibtorchVersion.ofLibtorch(Path.of(LibUtils.getLibtorchPath()))).contains(LibtorchVersion.ofGlue());
        assertThat(LibtorchVersion.mismatch()).isEmpty();
    }

    private static Throwable failure(String words) {
        return new EngineException("Failed to load PyTorch native library", new UnsatisfiedLinkError(words));
    }
}
