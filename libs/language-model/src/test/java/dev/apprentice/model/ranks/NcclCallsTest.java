package dev.apprentice.model.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.apprentice.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the calls of NCCL with a stand-in, so no card is needed. The numbers are those of nccl.h. */
class NcclCallsTest {

    private static final Pointer TENSOR = new Pointer(4096);

    /** Records its calls; sums return a given result, which may be a failure. */
    private static final class Library implements Nccl.Functions {

        private final List<String> calls = new ArrayList<>();
        private final int resultOfSums;

        private Library(int resultOfSums) {
            this.resultOfSums = resultOfSums;
        }

        @Override
        public int ncclGetUniqueId(Nccl.UniqueId id) {
            for (int i = 0; i < id.internal.length; i++) {
                id.internal[i] = (byte) i;
            }
            return 0;
        }

        @Override
        public int ncclCommInitRank(PointerByReference communicator, int ranks, Nccl.UniqueId.Value id, int rank) {
            calls.add("init " + rank + " of " + ranks + " by " + id.internal.length + " bytes from " + id.internal[0] + " to " + id.internal[127]);
            communicator.setValue(new Pointer(7));
            return 0;
        }

        @Override
        public int ncclAllReduce(
                Pointer send, Pointer receive, Nccl.Size count, int type, int operation, Pointer communicator, Pointer stream) {
            calls.add("sum " + count.longValue() + " of type " + type + ", operation " + operation + ", in place " + send.equals(receive)
                    + ", by " + Pointer.nativeValue(communicator) + ", on the default stream " + (stream == null));
            return resultOfSums;
        }

        @Override
        public int ncclCommDestroy(Pointer communicator) {
            calls.add("destroy " + Pointer.nativeValue(communicator));
            return 0;
        }

        @Override
        public String ncclGetErrorString(int result) {
            return result == 2 ? "unhandled system error" : "no error";
        }
    }

    @Test
    void theIdGoesWholeToWhoJoinsAndSumsAreInPlaceOnTheDefaultStream() {
        Library library = new Library(0);
        byte[] id = Nccl.newId(library);
        try (Nccl nccl = Nccl.join(library, id, 1, 4)) {
            nccl.sum(TENSOR, 3_000_000_000L, DataType.FLOAT32);
            nccl.sum(TENSOR, 2, DataType.FLOAT64);
        }
        assertThat(library.calls).containsExactly(
                "init 1 of 4 by 128 bytes from 0 to 127",
                "sum 3000000000 of type 7, operation 0, in place true, by 7, on the default stream true",
                "sum 2 of type 8, operation 0, in place true, by 7, on the default stream true",
                "destroy 7");
    }

    @Test
    void whatFailsIsSaidInNcclsWords() {
        Library library = new Library(2);
        try (Nccl nccl = Nccl.join(library, Nccl.newId(library), 0, 1)) {
            assertThatThrownBy(() -> nccl.sum(TENSOR, 1, DataType.FLOAT32))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("NCCL failed: unhandled system error; set NCCL_DEBUG=INFO to log the reason");
        }
    }
}
