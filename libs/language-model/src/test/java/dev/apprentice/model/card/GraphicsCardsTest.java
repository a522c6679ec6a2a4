package dev.apprentice.model.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphicsCardsTest {

    /** A driver with this many cards; the card with index n has n + 1 GiB in use. */
    private record Driver(int cards, int cuda) implements Nvml {

        @Override
        public int nvmlInit_v2() {
            return 0;
        }

        @Override
        public int nvmlSystemGetDriverVersion(byte[] version, int length) {
            return write("580.159.04", version);
        }

        @Override
        public int nvmlSystemGetCudaDriverVersion_v2(IntByReference version) {
            version.setValue(cuda);
            return 0;
        }

        @Override
        public int nvmlDeviceGetCount_v2(IntByReference count) {
            count.setValue(cards);
            return 0;
        }

        @Override
        public int nvmlDeviceGetHandleByIndex_v2(int index, PointerByReference card) {
            card.setValue(new Pointer(index + 1));
            return 0;
        }

        @Override
        public int nvmlDeviceGetName(Pointer card, byte[] name, int length) {
            return write("NVIDIA H200", name);
        }

        @Override
        public int nvmlDeviceGetMemoryInfo(Pointer card, long[] bytes) {
            long used = Pointer.nativeValue(card) << 30;
            bytes[0] = 141L << 30;
            bytes[1] = bytes[0] - used;
            bytes[2] = used;
            return 0;
        }

        @Override
        public int nvmlDeviceGetUtilizationRates(Pointer card, int[] percent) {
            percent[0] = 25;
            percent[1] = 7;
            return Pointer.nativeValue(card) == 1 ? 0 : 3;
        }

        private static int write(String text, byte[] into) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, into, 0, bytes.length);
            return 0;
        }
    }

    @Test
    void cudaCountsTheCardsThatAreVisible() {
        assertThat(GraphicsCards.driversIndex(1, Map.of())).contains(1);
        assertThat(GraphicsCards.driversIndex(1, Map.of("CUDA_VISIBLE_DEVICES", "3, 2"))).contains(2);
        assertThat(GraphicsCards.driversIndex(0, Map.of("CUDA_VISIBLE_DEVICES", "GPU-8932f937"))).isEmpty();
        assertThat(GraphicsCards.driversIndex(1, Map.of("CUDA_VISIBLE_DEVICES", "3"))).isEmpty();
        assertThat(GraphicsCards.driversIndex(0, Map.of("CUDA_VISIBLE_DEVICES", ""))).as("all are hidden").isEmpty();
        assertThat(GraphicsCards.driversIndex(2, Map.of("CUDA_VISIBLE_DEVICES", "3,-1,2"))).as("hidden after -1").isEmpty();
    }

    @Test
    void ofAnotherOrderThanTheDriversNoCardIsTakenForTheDrivers() {
        assertThat(GraphicsCards.driversIndex(1, Map.of("CUDA_DEVICE_ORDER", "PCI_BUS_ID"))).contains(1);
        assertThat(GraphicsCards.driversIndex(1, Map.of("CUDA_DEVICE_ORDER", "FASTEST_FIRST"))).isEmpty();
    }

    @Test
    void saysWhatTheDriverSays() {
        GraphicsCards cards = new GraphicsCards(new Driver(2, 13000));
        assertThat(cards.count()).isEqualTo(2);
        assertThat(cards.memory(1)).isEqualTo(141L << 30);
        assertThat(cards.memoryUsed(0)).isEqualTo(1L << 30);
        assertThat(cards.memoryUsed(1)).isEqualTo(2L << 30);
        assertThat(cards.busy(0)).isEqualTo(0.25);
        assertThat(cards.busy(1)).as("not supported there").isNaN();
        assertThat(cards.description()).isEqualTo("NVIDIA H200 with 144,384 MiB, NVIDIA H200 with 144,384 MiB,"
                + " driver 580.159.04 for CUDA up to 13.0");
    }

    @Test
    void whatIsFoundNamesCardDriverCudaAndLibtorch() {
        assertThat(GraphicsCards.found(Optional.of(new GraphicsCards(new Driver(1, 13000))), 1, "2.7.1", "cu128", Optional.of("12.9")))
                .isEqualTo("graphics cards: NVIDIA H200 with 144,384 MiB, driver 580.159.04 for CUDA up to 13.0;"
                        + " libtorch 2.7.1 on CUDA 12.9, called by DJL's JNI library for cu128");
        assertThat(GraphicsCards.found(Optional.empty(), 2, "2.7.1", "cu128", Optional.empty()))
                .startsWith("graphics cards: 2 without names and metrics, because NVIDIA's libnvidia-ml.so.1 is not visible here")
                .endsWith("; libtorch 2.7.1, called by DJL's JNI library for cu128");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12080, cu128, driver 580.159.04 sees none",
        "1, 12080, cpu, made for processors only; build with -Pcuda",
        "1, 11080, cu128, too old: it goes up to CUDA 11.8",
        "1, 13000, cu128, CUDA_VISIBLE_DEVICES"
    })
    void whyThereIsNoneHasAWayOut(int cards, int cuda, String flavor, String expected) {
        assertThat(GraphicsCards.whyNone(Optional.of(new GraphicsCards(new Driver(cards, cuda))), flavor)).contains(expected);
    }

    @Test
    void aDriverThatIsNotThereIsNamed() {
        assertThat(GraphicsCards.whyNone(Optional.empty(), "cu128"))
                .isEqualTo("NVIDIA's driver (libnvidia-ml.so.1) was not found; install it, or give the container the card"
                        + " (--gpus all; in Kubernetes the limit nvidia.com/gpu)");
    }
}
