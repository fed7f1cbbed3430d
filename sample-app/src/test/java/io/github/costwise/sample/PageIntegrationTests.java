package io.github.costwise.sample;

import java.math.BigDecimal;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.costwise.CostCache;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in a real browser. */
@RequiresRealPart(RealPart.CHROMIUM)
@TestInstance(Lifecycle.PER_CLASS)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "demo.provider.pace=1ms")
class PageIntegrationTests {

	private Browser browser;

	@BeforeAll
	void start(@TempDir Path profileFolder) {
		this.browser = new Browser(RealParts.chromium(), profileFolder.toString());
	}

	@BeforeEach
	void open(@LocalServerPort int port, @Autowired CostCache cache) {
		cache.evictAll();
		this.browser.open("http://localhost:" + port + "/");
	}

	@AfterAll
	void close() {
		this.browser.close();
	}

	@ParameterizedTest
	@CsvSource({ "answers, gpt-5-mini, return any article", "summaries, claude-haiku-4-5, Eve Moss writes about",
			"facts, claude-haiku-4-5, AF-1003", "chat, gpt-5-nano, 'Order AF-1001, desk lamp Wren, is shipped'" })
	void showsTheAnswerAndItsCost(String mode, String model, String answer) {
		this.browser.choose(mode);
		this.browser.send();
		assertThat(new BigDecimal(this.browser.price().substring(1))).isPositive().hasScaleOf(9);
		assertThat(this.browser.text("answer")).contains(answer);
		assertThat(this.browser.text("turn")).contains(model, "Input tokens", "answered");
		assertThat(this.browser.text("groups")).contains(mode, model, "acme");
		assertThat(this.browser.text("recent")).contains(mode, "answered");
		assertThat(this.browser.seriousViolations()).isEmpty();
	}

	@Test
	void showsTheToolRoundAsACallOfItsOwn() {
		this.browser.choose("chat");
		this.browser.send();
		this.browser.price();
		assertThat(this.browser.text("turn")).contains("2 calls", "1. answer", "2. tool round");
	}

	@Test
	void showsWhichModelWasChosenAndWhoTookOver() {
		this.browser.choose("chat");
		this.browser.select("example", "How can I return a lamp that I do not like?");
		this.browser.select("fault", "server-error?times=2");
		this.browser.send();
		this.browser.price();
		assertThat(this.browser.text("route")).isEqualTo("Routed by score: light, nano");
		assertThat(this.browser.text("turn")).contains("2. fallback", "gpt-5-mini");
		assertThat(this.browser.seriousViolations()).isEmpty();
	}

	@Test
	void showsWhatTheCacheSaved() {
		this.browser.send();
		this.browser.price();
		this.browser.send();
		this.browser.waitFor((page) -> this.browser.text("turn").contains("from the cache, which saved $0.0"));
		assertThat(this.browser.seriousViolations()).isEmpty();
	}

	@Test
	void showsThatTheClientTriedAgain() {
		this.browser.select("fault", "rate-limit");
		this.browser.send();
		this.browser.price();
		assertThat(this.browser.text("turn")).contains("tried 429, ok");
	}

	@Test
	void showsWhatFailed() {
		this.browser.choose("chat");
		this.browser.select("example", "How can I return a lamp that I do not like?");
		this.browser.select("fault", "cut");
		this.browser.send();
		this.browser.price();
		assertThat(this.browser.text("answer")).contains("The model did not answer");
		assertThat(this.browser.text("turn")).contains("failed", "usage estimated");
		assertThat(this.browser.seriousViolations()).isEmpty();
	}

	@Test
	void saysThatTheModelsAreSimulated() {
		this.browser.waitFor((page) -> this.browser.isShown("simulated"));
		assertThat(this.browser.text("simulated")).startsWith("Simulated models.");
	}

	@Test
	void isSentByKeyboardAlone() {
		this.browser.element("user").sendKeys(Keys.TAB, Keys.TAB);
		assertThat(this.browser.focused().getText()).isEqualTo("Send");
		this.browser.focused().sendKeys(Keys.ENTER);
		assertThat(this.browser.price()).startsWith("$0.0");
	}

	@Test
	void needsNothingFromElsewhere() {
		assertThat(this.browser.foreignResources()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 360, 1280 })
	void fitsItsWindow(int width) {
		this.browser.send();
		this.browser.price();
		assertThat(this.browser.fits(width)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void isReadableInBothColourSchemes(String scheme) {
		this.browser.prefer(scheme);
		this.browser.send();
		this.browser.price();
		assertThat(this.browser.seriousViolations()).isEmpty();
	}

}
