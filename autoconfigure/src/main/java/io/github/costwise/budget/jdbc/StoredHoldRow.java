package io.github.costwise.budget.jdbc;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.account.AccountHold.HoldStage;
import io.github.costwise.budget.account.AccountHold.StoredHold;
import io.github.costwise.budget.account.Fields;
import io.github.costwise.budget.account.FieldsText;
import io.github.costwise.text.Parts;
import io.github.costwise.text.Sha256;

/**
 * A hold as it stands in its row.
 *
 * @param key the key of the row
 * @param version how often it was written since it began
 * @param within the key of the hold that it draws on, or {@code null}
 * @param stored what is known of it
 */
record StoredHoldRow(String key, long version, @Nullable String within, StoredHold stored) {

	private static final int MOST_PLAIN = 100;

	private static final long VERSION = 1;

	/** An id that a row can hold as it is, or its digest. */
	static String key(String id) {
		boolean plain = id.length() <= MOST_PLAIN && id.chars().allMatch((c) -> c >= ' ' && c < 127);
		return plain ? id : "#" + Sha256.of(id, 20);
	}

	/**
	 * Reads a row.
	 * @param key its key
	 * @param row its version, stage, time and content
	 * @return the hold
	 */
	static StoredHoldRow read(String key, String row) {
		String[] columns = Parts.of(row, " ", 4);
		String[] lines = Parts.of(columns[3], "\n", 3);
		Fields fields = new Fields(lines[0]);
		if (fields.number("v", 0) != VERSION || lines.length < 3) {
			throw new IllegalArgumentException("The hold " + key + " is not of a form that is known here");
		}
		StoredHold stored = new StoredHold(HoldStage.valueOf(columns[1]), fields.time("at", Instant.EPOCH),
				Nanos.instant(Long.parseLong(columns[2])), (int) fields.number("cap", 0), lines[2]);
		return new StoredHoldRow(key, Long.parseLong(columns[0]), lines[1].isEmpty() ? null : lines[1], stored);
	}

	/** What stands in its row besides its stage and its time. */
	static String content(StoredHold stored, @Nullable String within) {
		FieldsText head = new FieldsText();
		head.number("v", VERSION);
		head.time("at", stored.at(), Instant.EPOCH);
		head.number("cap", stored.outputCap());
		return head + "\n" + ((within != null) ? within : "") + "\n" + stored.parts();
	}

}
