package io.github.costwise.benchmarks.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.costwise.encoding.TextEncoder;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.Calibration;
import io.github.costwise.routing.calibration.CalibrationResult;
import io.github.costwise.routing.calibration.LabelFile;
import io.github.costwise.routing.calibration.LabelledRequest;

/** Calibrates the routing model on labels of an application. */
final class CalibrateCommand implements EvalCommand {

	private final TextEncoder encoder;

	CalibrateCommand(TextEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public String name() {
		return "calibrate";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("labels", "F", true), new Option("out", "W", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws IOException {
		List<LabelledRequest> labels = new LabelFile(options.file("labels"), 1).read();
		CalibrationResult result = new Calibration(RoutingModel.shipped(), options.seed()).calibrate(encoded(labels));
		String out = options.text("out", "");
		if (result.model() != null && !out.isEmpty()) {
			Files.writeString(Path.of(out), result.model().write());
		}
		return report(result);
	}

	private List<LabelledRequest> encoded(List<LabelledRequest> labels) {
		List<LabelledRequest> encoded = new ArrayList<>(labels.size());
		for (LabelledRequest label : labels) {
			encoded.add(
					new LabelledRequest(label.text(), this.encoder.encode(label.text()), label.weak(), label.strong()));
		}
		return encoded;
	}

	private static Map<String, Object> report(CalibrationResult result) {
		CalibrationResult.Quality quality = result.quality();
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("labels", quality.labels());
		report.put("live", result.model() != null);
		report.put("reason", (result.reason() != null) ? result.reason() : "");
		report.put("apgr", quality.apgr());
		report.put("interval95", List.of(quality.interval().low(), quality.interval().high()));
		report.put("cpt50", quality.cpt50());
		report.put("cpt80", quality.cpt80());
		return report;
	}

}
