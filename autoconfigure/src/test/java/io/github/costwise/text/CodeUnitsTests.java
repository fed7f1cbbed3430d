package io.github.costwise.text;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes that tell any two texts apart. */
@Tag("unit")
class CodeUnitsTests {

	@Test
	void everyCodeUnitHasBytesOfItsOwn() {
		Set<String> seen = new HashSet<>();
		for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
			assertThat(seen.add(hex(String.valueOf((char) unit)))).as("U+%04X", unit).isTrue();
		}
	}

	@Test
	void orderAndPairsOfBrokenSurrogatesCount() {
		assertThat(Set.of(hex("\ud800\udc00"), hex("\udc00\ud800"), hex("\ud800"), hex("\udc00"), hex("?"), hex("??"),
				hex("\ufffd"), hex("")))
			.hasSize(8);
	}

	@Test
	void otherTextsAreTheirUtf8() {
		String text = "a\u00e4\u20ac\u4e2d\u0000 z";
		assertThat(CodeUnits.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void partsAreWrittenWhereTheyBelong() {
		byte[] bytes = new byte[10];
		assertThat(CodeUnits.write("xa\u20acy", 1, 3, bytes, 2)).isEqualTo(6);
		assertThat(bytes).containsExactly(0, 0, 'a', 0xE2, 0x82, 0xAC, 0, 0, 0, 0);
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(CodeUnits.bytes(text));
	}

}
