package io.github.costwise.budget.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetAlert;
import io.github.costwise.model.BudgetAlert.AlertCause;
import io.github.costwise.model.BudgetOverrun;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.text.Hex;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.testsupport.HookServer;
import io.github.costwise.testsupport.HookServer.Received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BudgetWebhook}, with a server on the loopback interface.
 */
@Timeout(120)
@Tag("chain")
@ExtendWith(OutputCaptureExtension.class)
class BudgetWebhookTests {

	private static final String SECRET = "a very secret text";

	private static final BudgetState STATE = new BudgetState(new BudgetAccount("tenants", "a<b>&c"),
			new BudgetSpan(Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2026-11-24T00:00:00Z"), null),
			15_000_000_000L, 12_000_000_000L, 0, 0);

	private static final BudgetAlert ALERT = new BudgetAlert(BudgetUnit.USD, STATE, AlertCause.SPENT, 80);

	private final FakeTime time = new FakeTime();

	private final Faults faults = new Faults();

	private HookServer server = new HookServer();

	private BudgetWebhook webhook;

	@AfterEach
	void close() {
		if (this.webhook != null) {
			this.webhook.close();
		}
		this.server.close();
	}

	private void open(WebhookFormat format, Integer... statuses) {
		this.server.close();
		this.server = new HookServer(statuses);
		this.webhook = new BudgetWebhook(new WebhookSettings(URI.create(this.server.url()), SECRET, format),
				new Background(this.faults).team("test", Faults.Kind.BUDGET).worker(this.time.time().timers()),
				this.faults, this.time.time());
	}

	@Test
	void failuresAreSentAgainWithTheSameId(CapturedOutput output) throws Exception {
		open(WebhookFormat.JSON, 500, 500);
		this.webhook.on(ALERT);
		tried(1);
		pass(Duration.ofSeconds(1));
		tried(2);
		pass(Duration.ofSeconds(2));
		tried(3);
		this.webhook.on(ALERT);
		tried(4);
		Set<String> ids = ids(this.server.received().subList(0, 3));
		assertThat(ids).hasSize(1);
		assertThat(ids(this.server.received())).hasSize(2);
		assertThat(this.server.received()).extracting(Received::timestamp)
			.containsExactly("1795435200", "1795435201", "1795435203", "1795435203");
		assertThat(this.faults.count(Faults.Kind.BUDGET)).isEqualTo(2);
		assertThat(output.getAll()).contains("http://127.0.0.1 answered with status 500")
			.doesNotContain(SECRET)
			.doesNotContain("hidden-path");
	}

	@Test
	void everyTryIsSigned() throws Exception {
		open(WebhookFormat.JSON, 503);
		this.webhook.on(ALERT);
		tried(1);
		pass(Duration.ofSeconds(1));
		tried(2);
		for (Received one : this.server.received()) {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			byte[] signed = (one.timestamp() + "." + one.body()).getBytes(StandardCharsets.UTF_8);
			assertThat(one.signature()).isEqualTo("sha256=" + Hex.of(mac.doFinal(signed)));
			assertThat(one.body()).contains(one.id());
		}
	}

	@Test
	void bodiesTellWhatHappened() {
		open(WebhookFormat.JSON);
		this.webhook.on(ALERT);
		this.webhook
			.on(new BudgetOverrun(BudgetUnit.USD, STATE, "call-7", 20_000_000, BudgetOverrun.OverrunCause.ABOVE_HOLD));
		tried(2);
		json(0).isLenientlyEqualTo("""
				{"type": "budget.alert", "at": "2026-11-23T12:00:00Z", "budget": "tenants", "owner": "a<b>&c",
				 "unit": "USD", "limit": 15, "spent": 12, "percent": 80, "threshold": 80,
				 "until": "2026-11-24T00:00:00Z"}""");
		json(1).isLenientlyEqualTo("""
				{"type": "budget.overrun", "amount": 0.02, "call": "call-7", "cause": "above-hold"}""");
	}

	@Test
	void slackReceivesASentenceWithoutMarkup() {
		open(WebhookFormat.SLACK);
		this.webhook.on(ALERT);
		tried(1);
		json(0).isStrictlyEqualTo(
				"{\"text\": \"The budget tenants[a&lt;b&gt;&amp;c] has spent 80 % of 15 USD " + "(threshold 80 %).\"}");
	}

	@Test
	void noRedirectIsFollowed() throws Exception {
		open(WebhookFormat.JSON, 307);
		this.webhook.on(ALERT);
		tried(1);
		pass(Duration.ofSeconds(1));
		tried(2);
		assertThat(this.server.received()).extracting(Received::path).containsOnly("/hidden-path");
	}

	@Test
	void whatWaitsIsBoundedAndKeepsItsOrder() {
		open(WebhookFormat.JSON);
		this.server.hang();
		for (int i = 0; i < 1_100; i++) {
			this.webhook.on(new BudgetAlert(BudgetUnit.USD, STATE, AlertCause.SPENT, i));
		}
		assertThat(this.faults.count(Faults.Kind.BUDGET)).isEqualTo(100);
		this.server.goOn();
		tried(1_000);
		json(0).isLenientlyEqualTo("{\"threshold\": 0}");
		json(999).isLenientlyEqualTo("{\"threshold\": 999}");
	}

	@Test
	void isGivenUpAfterManyTriesAndTheNextIsSent() throws Exception {
		open(WebhookFormat.JSON, Collections.nCopies(24, 500).toArray(Integer[]::new));
		this.webhook.on(ALERT);
		for (int i = 1; i < 24; i++) {
			tried(i);
			pass(BudgetWebhook.pause(i));
		}
		tried(24);
		this.webhook.on(ALERT);
		tried(25);
		assertThat(ids(this.server.received())).hasSize(2);
	}

	@Test
	void pausesGrowToFiveMinutes() {
		assertThat(BudgetWebhook.pause(1)).isEqualTo(Duration.ofSeconds(1));
		assertThat(BudgetWebhook.pause(4)).isEqualTo(Duration.ofSeconds(8));
		assertThat(BudgetWebhook.pause(10)).isEqualTo(Duration.ofMinutes(5));
		assertThat(BudgetWebhook.pause(24)).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void addressesOfOtherKindsAreRefused() {
		for (String url : List.of("file:///etc/passwd", "ftp://a/b", "https:///path", "https://user@host/", "hooks")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new WebhookSettings(URI.create(url), null, WebhookFormat.JSON))
				.withMessageNotContaining("passwd");
		}
		assertThat(new WebhookSettings(URI.create("https://host/secret"), SECRET, WebhookFormat.JSON))
			.hasToString("https://host");
	}

	private JsonContentAssert json(int number) {
		return new JsonContentAssert(new JsonContent(this.server.received().get(number).body()));
	}

	private void tried(int times) {
		Eventually.holds(() -> this.server.received().size() == times);
	}

	/**
	 * Lets time pass once the next try is planned, and nothing else waits. Longer than
	 * its pause would be a time-out of the try that begins meanwhile.
	 */
	private void pass(Duration pause) throws InterruptedException {
		long failed = this.server.received().size();
		Eventually.holds(() -> this.faults.count(Faults.Kind.BUDGET) == failed);
		this.time.awaitWaiting(1);
		this.time.advance(pause);
	}

	private static Set<String> ids(List<Received> received) {
		return received.stream().map(Received::id).collect(Collectors.toSet());
	}

}
