package io.github.costwise.pricing;

import java.io.StringReader;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.spi.CatalogFormatException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CatalogFile}.
 */
@Tag("unit")
class CatalogFileTests {

	private static final String HEAD = "#format 1\n#version 7\n#as-of 2026-01-02\n#source P 2026-01-02 a page\n";

	@Test
	void readsRows() {
		CatalogFile file = read(
				HEAD + "p,m,2026-01-01,2027-01-01,P,a b,approx;in=1 out=2.50 search=10;batch>200k in=0.5");
		assertThat(file.version()).isEqualTo("7");
		assertThat(file.asOf()).isEqualTo("2026-01-02");
		PriceRow row = file.entries().get(0).row();
		assertThat(row.id()).isEqualTo(new ModelId("p", "m"));
		assertThat(row.aliases()).isEqualTo(List.of("a", "b"));
		assertThat(row.isApproximate()).isTrue();
		assertThat(row.rate(ServiceTier.STANDARD, 0, BilledUnit.OUTPUT)).isEqualByComparingTo("2.5");
		assertThat(row.rate(ServiceTier.STANDARD, 0, BilledUnit.WEB_SEARCH)).isEqualByComparingTo("10000");
		assertThat(row.rate(ServiceTier.BATCH, 200_000, BilledUnit.INPUT)).isEqualByComparingTo("0.5");
		assertThat(row.from()).isEqualTo("2026-01-01T00:00:00Z");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			p,m,,,P,in=1                 | it has 6 columns instead of 7
			p,m,01.01.2026,,P,,in=1      | '01.01.2026' is not a date
			p,m,,,X,,in=1 out=1          | its source 'X' is not declared
			p,m,,,P,,in=1 out=1,5        | it has 8 columns instead of 7
			p,m,,,P,,in=1 out=x          | 'x' is not a number
			p,m,,,P,,in=1 out=1 foo=3    | unknown rate 'foo'
			p,m,,,P,,in=1 out=1;night in=1 | unknown processing class 'night'
			p,m,,,P,,in=1 out=1;>20q in=1 | '20q' is not a prompt size
			p,m,,,P,,out=1               | neither free nor has an input price
			p,m,,,P,,in=-1 out=1         | negative
			p,m,2026-02-01,2026-01-01,P,,in=1 out=1 | it ends before it begins
			""")
	void aMalformedLineIsNamed(String line, String reason) {
		assertThatExceptionOfType(CatalogFormatException.class)
			.isThrownBy(() -> read(HEAD + line).entries().forEach(CatalogEntry::row))
			.withMessageStartingWith("test.csv, line 5: ")
			.withMessageContaining(reason);
	}

	@Test
	void anUnknownFormatIsRefused() {
		assertThatExceptionOfType(CatalogFormatException.class).isThrownBy(() -> read("p,m\n".substring(4)))
			.withMessageContaining("#format 1");
	}

	private static CatalogFile read(String text) {
		return CatalogFile.read("test.csv", new StringReader(text));
	}

}
