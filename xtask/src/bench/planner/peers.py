# Solves problems of `offdesk plan` with one thread, and writes for each the seconds of solving, the value and the bound.
# A proven value that differs from ours ends it.
import json, os, subprocess, sys, time

# What the solvers themselves print is not wanted.
out = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

solver, ours, limit, answers, *files = sys.argv[1:]
limit = float(limit)


def options(problem):
    for number, activity in enumerate(problem["activities"]):
        for option in activity["options"]:
            once = {("person", option["person"])}
            if set_up := option.get("set_up", activity.get("set_up")):
                once.add((set_up, option["person"]))
            yield number, option, once


def rows(problem):
    """Values of all columns, and rows as (coefficients by column, lower, upper); options come first."""
    free = float("inf")
    all = list(options(problem))
    fixed = {person["id"]: person.get("fixed_per_week", 0) for person in problem["people"]}
    set_ups = {of["id"]: of for of in problem.get("set_ups", [])}
    once = sorted({each for _, _, of in all for each in of})
    at = {each: len(all) + number for number, each in enumerate(once)}
    values = [option["value_per_week"] for _, option, _ in all]
    cash = {number: option.get("cash_per_week", 0) for number, (_, option, _) in enumerate(all)}
    hours = {number: option.get("owner_setup_hours", 0) for number, (_, option, _) in enumerate(all)}
    for kind, person in once:
        of = set_ups.get(kind, {})
        paid = fixed[person] if kind == "person" else of.get("cash_per_week", 0)
        values.append(-(fixed[person] if kind == "person" else of.get("cost_per_week", 0)))
        cash[at[kind, person]] = paid
        hours[at[kind, person]] = of.get("owner_setup_hours", 0)
    out = [(cash, -free, problem.get("cash_per_week", free)), (hours, -free, problem.get("owner_setup_hours", free))]
    jobs, loads = {}, {}
    for number, (activity, option, of) in enumerate(all):
        jobs.setdefault(activity, {})[number] = 1
        loads.setdefault(option["person"], {})[number] = option["hours_per_week"]
        for each in of:
            if values[at[each]] or cash[at[each]] or hours[at[each]]:
                out.append(({number: 1, at[each]: -1}, -free, 0))
    for activity, row in jobs.items():
        out.append((row, 1 if problem["activities"][activity].get("required") else 0, 1))
    for person in problem["people"]:
        out.append((loads.get(person["id"], {}), -free, person.get("hours_per_week", free)))
    return values, [(row, low, high) for row, low, high in out if row and (low > -free or high < free)]


def highs(values, rows):
    import highspy
    h = highspy.Highs()
    for key, value in dict(output_flag=False, threads=1, time_limit=limit, mip_rel_gap=0.0, mip_abs_gap=0.99).items():
        h.setOptionValue(key, value)
    x = [h.addBinary() for _ in values]
    for row, low, high in rows:
        of = sum(by * x[at] for at, by in row.items() if by)
        if not isinstance(of, int):
            h.addConstr(of == 1) if low == high else h.addConstr(of <= high)
    start = time.perf_counter()
    h.maximize(sum(value * x[at] for at, value in enumerate(values) if value))
    spent = time.perf_counter() - start
    info = h.getInfo()
    is_proven = h.modelStatusToString(h.getModelStatus()) == "Optimal"
    return spent, is_proven, info.objective_function_value, info.mip_dual_bound


def scip(values, rows):
    from pyscipopt import Model, quicksum
    m = Model()
    m.hideOutput()
    m.setParam("limits/time", limit)
    m.setParam("limits/absgap", 0.99)
    x = [m.addVar(vtype="B") for _ in values]
    for row, low, high in rows:
        of = quicksum(by * x[at] for at, by in row.items())
        m.addCons(of == 1) if low == high else m.addCons(of <= high)
    m.setObjective(quicksum(value * x[at] for at, value in enumerate(values)), "maximize")
    start = time.perf_counter()
    m.optimize()
    spent = time.perf_counter() - start
    value = m.getObjVal() if m.getNSols() else float("-inf")
    return spent, m.getStatus() in ("optimal", "gaplimit"), value, m.getDualbound()


def cp_sat(values, rows):
    from ortools.sat.python import cp_model
    m = cp_model.CpModel()
    x = [m.new_bool_var(str(at)) for at in range(len(values))]
    whole = lambda row: sum(int(by) * x[at] for at, by in row.items())
    for row, low, high in rows:
        m.add(whole(row) == 1) if low == high else m.add(whole(row) <= int(high))
    m.maximize(sum(int(value) * x[at] for at, value in enumerate(values)))
    s = cp_model.CpSolver()
    s.parameters.num_workers = 1
    s.parameters.max_time_in_seconds = limit
    start = time.perf_counter()
    status = s.solve(m)
    spent = time.perf_counter() - start
    value = s.objective_value if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else float("-inf")
    return spent, status == cp_model.OPTIMAL, value, s.best_objective_bound


total, written = 0.0, []
for file in files:
    problem = json.load(open(file))
    spent, is_proven, value, bound = {"highs": highs, "scip": scip, "cp-sat": cp_sat}[solver](*rows(problem))
    total += spent
    if is_proven:
        answer = subprocess.run([ours, "plan", file, "--json", "--seconds", "60"], capture_output=True, check=True)
        answer = json.loads(answer.stdout)
        assert answer["status"] != "optimal" or abs(answer["value_per_week"] - value) < 1e-6, (file, answer, value)
    written.append(f"{file} {spent} {int(is_proven)} {value} {bound}")
open(answers, "w").write("\n".join(written) + "\n")
os.write(out, repr(total).encode())
