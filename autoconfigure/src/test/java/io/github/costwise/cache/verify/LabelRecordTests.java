package io.github.costwise.cache.verify;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.cache.verify.LabelRecord.Repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("unit")
class LabelRecordTests {

	private final Random random = new Random(7);

	@Test
	void readsWhatItWrote() {
		for (int i = 0; i < 200; i++) {
			LabelRecord record = record();
			assertThat(LabelRecord.of(record.toBytes())).usingRecursiveComparison().isEqualTo(record);
		}
	}

	@Test
	void refusesAnythingElse() {
		byte[] bytes = record().toBytes();
		for (int length = 0; length < bytes.length; length++) {
			byte[] cut = Arrays.copyOf(bytes, length);
			assertThatIllegalArgumentException().isThrownBy(() -> LabelRecord.of(cut));
		}
		bytes[0] = 9;
		assertThatIllegalArgumentException().isThrownBy(() -> LabelRecord.of(bytes));
	}

	@Test
	void teachesNothingWhenItsFeaturesAreOfAnotherVersion() {
		byte[] bytes = new LabelRecord(new float[1], new float[FeatureVector.SIZE], 1, 1, 1, new long[] { 1 }, 1,
				Repeat.NONE)
			.toBytes();
		assertThat(LabelRecord.of(bytes).hasLabel()).isTrue();
		bytes[4] = 99;
		assertThat(LabelRecord.of(bytes).hasLabel()).isFalse();
	}

	private LabelRecord record() {
		return new LabelRecord(floats(this.random.nextInt(4)), floats(this.random.nextInt(40)), this.random.nextFloat(),
				this.random.nextFloat(), this.random.nextInt(256), this.random.longs(this.random.nextInt(5)).toArray(),
				this.random.nextInt(8), Repeat.values()[this.random.nextInt(3)]);
	}

	private float[] floats(int count) {
		float[] floats = new float[count];
		for (int i = 0; i < count; i++) {
			floats[i] = this.random.nextFloat();
		}
		return floats;
	}

}
