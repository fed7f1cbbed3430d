package io.github.costwise.actuate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.costwise.cache.response.StoreState;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CatalogInfo;
import io.github.costwise.model.LedgerHealth;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.spi.PriceCatalog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CostwiseHealthIndicator} and {@link CostwiseInfoContributor}.
 */
@Tag("chain")
class CostwiseHealthIndicatorTests {

	private final Faults faults = new Faults();

	private LedgerHealth ledgerHealth = LedgerHealth.IDLE;

	private final CostwiseStatus status = new CostwiseStatus("enforce", new SickLedger(), new Catalog(), this.faults,
			Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC));

	private final CostwiseHealthIndicator indicator = new CostwiseHealthIndicator(this.status);

	@Test
	void shouldBeUp() {
		this.faults.report(Faults.Kind.CATALOG, new IllegalStateException("test"));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("catalog", Map.of("version", "v7", "asOf", "2026-11-23",
				"ageDays", 7L, "models", 3, "source", "shipped", "rejectedRows", 0));
		assertThat(health.getDetails().get("faults"))
			.asInstanceOf(InstanceOfAssertFactories.map(String.class, Long.class))
			.containsEntry("catalog", 1L)
			.containsEntry("ledger", 0L);
	}

	@Test
	void shouldBeUnknownWhenTheStoreIsAway() {
		this.ledgerHealth = new LedgerHealth(false, 1, 2, 3, 0, "connection refused");
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails().get("ledger")).hasToString(
				"{type=SickLedger, reachable=false, queuedRecords=1, journalledRecords=2, storedRecords=3, lostRecords=0, "
						+ "lastError=connection refused}");
	}

	@Test
	void shouldBeUnknownWhenRecordsWereLost() {
		this.ledgerHealth = new LedgerHealth(true, 0, 0, 3, 1, null);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void shouldBeUnknownWhenTheLedgerThrows() {
		this.ledgerHealth = null;
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsEntry("error", NullPointerException.class.getName());
	}

	@Test
	void shouldTellThatTheCacheStoreIsLeftOut() {
		StoreState state = new StoreState("RedisResponseCacheStore", false, "no answer");
		Health health = new CostwiseHealthIndicator(this.status, () -> state, List::of, null).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails().get("cacheStore"))
			.hasToString("{type=RedisResponseCacheStore, used=false, reason=no answer}");
	}

	@Test
	void shouldTellWhichBudgetsAreOverTheirLimitAndStayUp() {
		Health health = new CostwiseHealthIndicator(this.status, null, List::of, () -> Map.of("all", 120)).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("budgetsOverLimit", Map.of("all", 120)).containsKey("ledger");
		assertThat(this.indicator.health().getDetails()).doesNotContainKey("budgetsOverLimit");
	}

	@Test
	void shouldTellTheRestWhenTheStoreOfBudgetsThrows() {
		Health health = new CostwiseHealthIndicator(this.status, null, List::of, () -> {
			throw new IllegalStateException("no answer");
		}).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("budgetsOverLimit", "not known: java.lang.IllegalStateException")
			.containsKey("ledger");
	}

	@Test
	void shouldTellWhatFailedLast() {
		this.faults.guard(Faults.Kind.ENCODER, () -> {
			throw new NoClassDefFoundError("org/example/Native");
		});
		assertThat(this.indicator.health().getDetails()).containsEntry("lastFailures",
				Map.of("encoder", "java.lang.NoClassDefFoundError"));
	}

	@Test
	void shouldInform() {
		Info.Builder builder = new Info.Builder();
		new CostwiseInfoContributor(this.status).contribute(builder);
		assertThat(builder.build().getDetails().get("costwise")).hasToString("{mode=enforce, ledger=SickLedger, "
				+ "catalog={version=v7, asOf=2026-11-23, ageDays=7, models=3, source=shipped, rejectedRows=0}}");
	}

	private final class SickLedger extends ListLedger {

		@Override
		public LedgerHealth health() {
			return CostwiseHealthIndicatorTests.this.ledgerHealth;
		}

	}

	private static final class Catalog implements PriceCatalog {

		@Override
		public ModelPrice find(ModelId model, Instant at) {
			return null;
		}

		@Override
		public String version() {
			return "v7";
		}

		@Override
		public CatalogInfo info() {
			return new CatalogInfo("v7", LocalDate.parse("2026-11-23"), 3, "shipped", null, 0, List.of());
		}

	}

}
