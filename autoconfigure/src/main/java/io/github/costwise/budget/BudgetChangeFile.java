package io.github.costwise.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.files.FileHeader;
import io.github.costwise.files.FrameLog;

/**
 * Keeps in a file what was done with budgets at run time: a JSON object a frame, with
 * fields by name. What this release does not understand stays in the file. Thread-safe.
 */
final class BudgetChangeFile implements BudgetChanges {

	private static final FileHeader HEADER = new FileHeader("budget-changes", "");

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final FrameLog log;

	private final List<RecordedChange> changes = new ArrayList<>();

	private BudgetChangeFile(FrameLog log) throws IOException {
		this.log = log;
		log.replay((frame) -> {
			RecordedChange change = read(frame);
			if (change != null) {
				this.changes.add(change);
			}
		});
	}

	/**
	 * Opens a file, or makes an empty one.
	 * @param path the file
	 * @return the file
	 * @throws CostwiseConfigurationException if it cannot be used
	 */
	static BudgetChangeFile open(Path path) {
		try {
			FrameLog log = FrameLog.openLocked(path, HEADER);
			if (log == null) {
				throw unusable(path, "another process uses it", null);
			}
			return new BudgetChangeFile(log);
		}
		catch (IOException ex) {
			throw unusable(path, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static CostwiseConfigurationException unusable(Path path, String why, @Nullable Throwable cause) {
		return new CostwiseConfigurationException(
				"'costwise.budgets.changes-file' is " + path + ", which cannot be used: " + why + ".",
				"Name a file of its own for each instance, in a folder that exists and can be written to.", cause);
	}

	@Override
	public synchronized void add(RecordedChange change) {
		try {
			this.log.append(List.of(MAPPER.writeValueAsString(fields(change)).getBytes(StandardCharsets.UTF_8)));
			this.log.force();
			this.changes.add(change);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("What was done could not be written, and will be forgotten", ex);
		}
	}

	@Override
	public synchronized List<RecordedChange> all() {
		return List.copyOf(this.changes);
	}

	private static Map<String, @Nullable Object> fields(RecordedChange change) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("at", change.at().toString());
		fields.put("budget", change.budget());
		fields.put("verb", change.verb().name());
		fields.put("owner", change.owner());
		fields.put("amount", change.amount());
		fields.put("unit", change.unit());
		fields.put("why", change.why());
		fields.put("who", change.who());
		return fields;
	}

	private static @Nullable RecordedChange read(byte[] frame) {
		try {
			JsonNode fields = MAPPER.readTree(frame);
			return new RecordedChange(Instant.parse(fields.path("at").asString()), fields.path("budget").asString(),
					BudgetVerb.valueOf(fields.path("verb").asString()), text(fields, "owner"),
					fields.path("amount").asLong(0), text(fields, "unit"), fields.path("why").asString(""),
					text(fields, "who"));
		}
		catch (JacksonException | IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable String text(JsonNode fields, String name) {
		JsonNode value = fields.path(name);
		return value.isString() ? value.asString() : null;
	}

	@Override
	public synchronized void close() {
		try {
			this.log.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
